/** Schema of alert rules, their state, incidents and silences. */
export const ALERTS = [
  `CREATE TABLE alert_rules (
    id TEXT PRIMARY KEY, definition TEXT NOT NULL, is_default INTEGER NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE alert_overrides (
    rule TEXT NOT NULL REFERENCES alert_rules (id) ON DELETE CASCADE,
    scope TEXT NOT NULL, target TEXT NOT NULL, definition TEXT NOT NULL,
    PRIMARY KEY (rule, scope, target)
  ) STRICT, WITHOUT ROWID`,
  // What is pending or fires: everything else is well and has no row.
  `CREATE TABLE alert_states (
    rule TEXT NOT NULL, host TEXT NOT NULL, series TEXT NOT NULL, phase TEXT NOT NULL,
    since INTEGER NOT NULL, clear_since INTEGER, value REAL, alert TEXT,
    PRIMARY KEY (host, rule, series)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE incidents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, severity TEXT NOT NULL, scope TEXT NOT NULL,
    group_key TEXT NOT NULL, opened_at INTEGER NOT NULL, resolved_at INTEGER,
    acknowledged_at INTEGER, acknowledged_by TEXT, progress TEXT NOT NULL, culprits TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX incidents_by_time ON incidents (opened_at, id)`,
  `CREATE INDEX incidents_open ON incidents (id) WHERE resolved_at IS NULL`,
  `CREATE TABLE incident_alerts (
    id TEXT PRIMARY KEY, incident TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    rule TEXT NOT NULL, rule_name TEXT NOT NULL, host TEXT NOT NULL, host_name TEXT NOT NULL,
    series TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL, started_at INTEGER NOT NULL,
    ended_at INTEGER, value REAL, text TEXT NOT NULL, plan TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX incident_alerts_by_incident ON incident_alerts (incident, started_at)`,
  `CREATE INDEX incident_alerts_by_host ON incident_alerts (host, started_at)`,
  `CREATE TABLE incident_entries (
    id INTEGER PRIMARY KEY, incident TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    at INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, person TEXT
  ) STRICT`,
  `CREATE INDEX incident_entries_by_incident ON incident_entries (incident, id)`,
  `CREATE TABLE silences (
    id TEXT PRIMARY KEY, definition TEXT NOT NULL, created_by TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  // Whether the rules that come with Hostdeck have been made, and how alerts are grouped.
  `CREATE TABLE alert_settings (
    id INTEGER PRIMARY KEY CHECK (id = 1), group_prefix TEXT NOT NULL, group_wait INTEGER NOT NULL
  ) STRICT`,
];
