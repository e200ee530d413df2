/** Schema of culprits, settings of agents, and what agents report of themselves. */
export const PROCESSES_AND_SETTINGS = [
  // Samples of culprits as they come; each refers to names in the rows before it of the same host and window.
  `CREATE TABLE culprit_journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT, host INTEGER NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL
  ) STRICT`,
  // A host's samples of one window.
  `CREATE TABLE culprits (
    id INTEGER PRIMARY KEY, host INTEGER NOT NULL, start INTEGER NOT NULL, samples INTEGER NOT NULL,
    last_row INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (host, start)
  ) STRICT`,
  `CREATE INDEX culprits_by_start ON culprits (start)`,
  `CREATE TABLE agent_settings (
    scope TEXT NOT NULL, name TEXT NOT NULL, settings TEXT NOT NULL, changed_at INTEGER NOT NULL,
    PRIMARY KEY (scope, name)
  ) STRICT, WITHOUT ROWID`,
  `ALTER TABLE hosts ADD COLUMN report TEXT`,
];
