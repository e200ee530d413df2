/** Schema of users that administrators keep. */
export const USERS = [
  `ALTER TABLE users ADD COLUMN disabled_at INTEGER`,
  `ALTER TABLE users ADD COLUMN last_sign_in_at INTEGER`,
  `ALTER TABLE sessions ADD COLUMN address TEXT`,
  `ALTER TABLE sessions ADD COLUMN browser TEXT`,
  `CREATE TABLE user_invites (
    token_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX user_invites_by_user ON user_invites (user_id)`,
];
