/** Schema of boards. */
export const BOARDS = [
  `CREATE TABLE boards (
    id TEXT PRIMARY KEY, owner_id TEXT NOT NULL, owner TEXT NOT NULL, shared INTEGER NOT NULL,
    content TEXT NOT NULL, changed_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX boards_by_owner ON boards (owner_id)`,
];
