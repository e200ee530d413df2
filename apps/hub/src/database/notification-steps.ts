/** Schema of channels, routes and the delivery queue. */

/** The default route has an id of its own, so that it is found in every database. */
export const DEFAULT_ROUTE_ID = '0'.repeat(32);

export const NOTIFICATIONS = [
  `CREATE TABLE channels (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, enabled INTEGER NOT NULL,
    config TEXT NOT NULL, secrets BLOB NOT NULL, pace TEXT NOT NULL,
    created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    paused_until INTEGER NOT NULL, failures INTEGER NOT NULL,
    last_success_at INTEGER, last_error_at INTEGER, last_error TEXT
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE notification_routes (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, is_default INTEGER NOT NULL, severities TEXT NOT NULL,
    tags TEXT NOT NULL, times TEXT, channels TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO notification_routes VALUES ('${DEFAULT_ROUTE_ID}', 'Default', 1, '[]', '[]', NULL, '[]', 0)`,
  `CREATE TABLE notification_messages (
    key TEXT PRIMARY KEY, incident TEXT NOT NULL, body TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, message TEXT NOT NULL, channel TEXT NOT NULL,
    incident TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL, batch TEXT, done TEXT NOT NULL, created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, finished_at INTEGER, error TEXT, UNIQUE (message, channel)
  ) STRICT`,
  `CREATE INDEX deliveries_unfinished ON deliveries (channel, id) WHERE finished_at IS NULL`,
  `CREATE INDEX deliveries_by_end ON deliveries (finished_at) WHERE finished_at IS NOT NULL`,
  `CREATE INDEX deliveries_by_incident ON deliveries (incident, id)`,
  `CREATE TABLE incident_channels (
    incident TEXT NOT NULL, channel TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (incident, channel)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE notification_settings (
    id INTEGER PRIMARY KEY CHECK (id = 1), networks TEXT NOT NULL,
    heartbeat_enabled INTEGER NOT NULL, heartbeat_interval INTEGER NOT NULL,
    secrets BLOB, vapid_public_key TEXT
  ) STRICT`,
  `INSERT INTO notification_settings VALUES (1, '[]', 0, 60, NULL, NULL)`,
  `CREATE TABLE push_subscriptions (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    endpoint TEXT NOT NULL UNIQUE, p256dh TEXT NOT NULL, auth TEXT NOT NULL,
    browser TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX push_subscriptions_by_user ON push_subscriptions (user_id)`,
];
