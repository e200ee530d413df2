/** The tables as Kysely sees them. Times are ms since the epoch, ids 32 hexadecimal digits unless said otherwise. */
import type { ShareTables } from './share-tables';
import type { Role } from '@hostdeck/contracts';
import type { Generated } from 'kysely';
import type { AlertTables } from './alert-tables';
import type { NotificationTables } from './notification-tables';

export interface UsersTable {
  id: string;
  username: string;
  /** The name as it tells people apart: in lower case, its letters in one form. */
  username_key: string;
  /** Empty until the user has set a password. */
  password_hash: string;
  role: Role;
  created_at: number;
  /** Since when the user cannot sign in; `null`: can. */
  disabled_at: number | null;
  last_sign_in_at: number | null;
}

/** Links by which users set a password. */
export interface UserInvitesTable {
  token_hash: string;
  user_id: string;
  created_at: number;
  expires_at: number;
}

export interface SessionsTable {
  /** SHA-256 of the token; the token itself is only in the browser. */
  token_hash: string;
  user_id: string;
  created_at: number;
  expires_at: number;
  /** Where it was started from; `null`: not recorded. */
  address: string | null;
  browser: string | null;
}

export interface ApiTokensTable {
  id: string;
  token_hash: string;
  name: string;
  role: Role;
  created_by: string;
  created_at: number;
  last_used_at: number | null;
}

export interface AuditTable {
  id: Generated<number>;
  at: number;
  /** User name, `agent`, or what somebody who is not signed in said they were. */
  actor: string;
  address: string | null;
  action: string;
  /** JSON object. */
  detail: string;
}

export interface HostsTable {
  /** Short key that journal rows refer to. */
  key: Generated<number>;
  id: string;
  name: string;
  /** JSON array. */
  tags: string;
  /** Ed25519, base64url. */
  public_key: string;
  /** JSON object of the facts, `null` before the first hello. */
  facts: string | null;
  interval: number;
  clock_offset: number | null;
  /** Epoch of the last hello; `null` before the first. */
  epoch: string | null;
  created_at: number;
  /** Set when the host was removed and its history is being dropped in the background. */
  removed_at: number | null;
  /** JSON object of what the agent said last of how it is doing; `null` until it has. */
  report: string | null;
}

export interface EnrollmentTokensTable {
  id: string;
  token_hash: string;
  tags: string;
  uses_left: number;
  created_at: number;
  expires_at: number;
}

export interface SchemasTable {
  id: Generated<number>;
  hash: string;
  /** JSON array of series keys. */
  series: string;
}

export interface OutboxesTable {
  id: Generated<number>;
  host: number;
  epoch: string;
  /** Frames below this number that are not stored have been counted as lost, or were never in this outbox; `null`: not known yet. */
  counted_below: number | null;
}

export interface StoredRangesTable {
  outbox: number;
  /** JSON array of first and last numbers, ascending. */
  ranges: string;
  /** When the newest of the frames arrived. */
  received_at: number;
}

export interface JournalTable {
  id: Generated<number>;
  host: number;
  /** Time in the frame. */
  at: number;
  schema: number;
  /** Values in the order of the schema, as the history's `values-codec` writes them. */
  vals: Uint8Array;
}

export interface SetAsideTable {
  id: Generated<number>;
  host: number;
  at: number;
  schema: number;
  vals: Uint8Array;
  received_at: number;
}

export interface HostEventsTable {
  id: Generated<number>;
  host: number;
  at: number;
  kind: string;
  /** JSON object. */
  detail: string;
}

/** What is set of agents for the fleet, for a tag or for a host. */
export interface AgentSettingsTable {
  scope: 'fleet' | 'tag' | 'host';
  /** The tag, or the host's id; empty for the fleet. */
  name: string;
  /** JSON object of what is set. */
  settings: string;
  changed_at: number;
}

/** Time in which the hub was off. */
export interface BlindSpansTable {
  start: number;
  until: number;
}

export interface HeartbeatTable {
  /** Always 1. */
  id: number;
  /** When the hub was last known to run. */
  at: number;
}

export interface WriteTestTable {
  id: number;
  at: number;
}

/** `content` is JSON; `shared` repeats it for the question that lists them. */
export interface BoardsTable {
  id: string;
  owner_id: string;
  owner: string;
  shared: number;
  content: string;
  changed_at: number;
}

export interface Tables extends AlertTables, NotificationTables, ShareTables {
  users: UsersTable;
  sessions: SessionsTable;
  user_invites: UserInvitesTable;
  api_tokens: ApiTokensTable;
  audit: AuditTable;
  hosts: HostsTable;
  enrollment_tokens: EnrollmentTokensTable;
  schemas: SchemasTable;
  outboxes: OutboxesTable;
  stored_ranges: StoredRangesTable;
  journal: JournalTable;
  set_aside: SetAsideTable;
  write_test: WriteTestTable;
  host_events: HostEventsTable;
  agent_settings: AgentSettingsTable;
  blind_spans: BlindSpansTable;
  boards: BoardsTable;
  heartbeat: HeartbeatTable;
}
