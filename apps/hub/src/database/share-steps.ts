/** Schema of links that let whoever has them look. */
export const SHARE_LINKS = [
  `CREATE TABLE share_links (
    id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, path TEXT NOT NULL,
    created_by TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER, last_used_at INTEGER
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE share_sessions (
    token_hash TEXT PRIMARY KEY, link_id TEXT NOT NULL REFERENCES share_links (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX share_sessions_by_link ON share_sessions (link_id)`,
];
