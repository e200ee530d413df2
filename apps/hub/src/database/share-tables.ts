export interface ShareLinksTable {
  id: string;
  /** SHA-256 of the secret. */
  secret_hash: string;
  name: string;
  path: string;
  created_by: string;
  created_at: number;
  /** `null`: until it is revoked. */
  expires_at: number | null;
  last_used_at: number | null;
}

export interface ShareSessionsTable {
  /** SHA-256 of the token; the token itself is only in the browser. */
  token_hash: string;
  link_id: string;
  created_at: number;
  expires_at: number;
}

export interface ShareTables {
  share_links: ShareLinksTable;
  share_sessions: ShareSessionsTable;
}
