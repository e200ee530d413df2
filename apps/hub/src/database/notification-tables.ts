/** The tables of channels, routes and the delivery queue. Times are ms since the epoch. */
import type { ChannelKind, Delivery } from '@hostdeck/contracts';
import type { Generated } from 'kysely';

export interface ChannelsTable {
  id: string;
  kind: ChannelKind;
  name: string;
  /** 0 or 1. */
  enabled: number;
  /** JSON object of the fields that are no secrets. */
  config: string;
  /** JSON object of the secret fields, encrypted. */
  secrets: Uint8Array;
  /** JSON object. */
  pace: string;
  created_at: number;
  changed_at: number;
  /** Nothing is sent before. */
  paused_until: number;
  /** Failures since the last success. */
  failures: number;
  last_success_at: number | null;
  last_error_at: number | null;
  /** JSON object. */
  last_error: string | null;
}

export interface NotificationRoutesTable {
  id: string;
  name: string;
  /** 0 or 1; exactly one row has 1. */
  is_default: number;
  /** JSON array. */
  severities: string;
  /** JSON array. */
  tags: string;
  /** JSON object, `null`: at any time. */
  times: string | null;
  /** JSON array of ids; those of removed channels are taken out. */
  channels: string;
  created_at: number;
}

/** A message about an incident, once for all its deliveries. */
export interface NotificationMessagesTable {
  key: string;
  incident: string;
  /** JSON object. */
  body: string;
  created_at: number;
}

export interface DeliveriesTable {
  id: Generated<number>;
  message: string;
  channel: string;
  incident: string;
  state: Delivery['state'];
  attempts: number;
  next_at: number;
  /** Those with the same one are sent together, as a digest; `alone`: never with others; `null`: not decided. */
  batch: string | null;
  /** JSON array: of a message that takes several requests, the keys of those that were answered. */
  done: string;
  created_at: number;
  /** It is given up then. */
  expires_at: number;
  finished_at: number | null;
  /** JSON object. */
  error: string | null;
}

/** Channels that have been told of an incident, and so are to be told that it is over. */
export interface IncidentChannelsTable {
  incident: string;
  channel: string;
  since: number;
}

/** Settings of all channels together; one row, `id` 1. */
export interface NotificationSettingsTable {
  id: number;
  /** JSON array of networks. */
  networks: string;
  /** 0 or 1. */
  heartbeat_enabled: number;
  /** Seconds. */
  heartbeat_interval: number;
  /** JSON object, encrypted. */
  secrets: Uint8Array | null;
  vapid_public_key: string | null;
}

/** Browsers that want messages. */
export interface PushSubscriptionsTable {
  id: string;
  user_id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  /** What the user calls it. */
  browser: string;
  created_at: number;
}

export interface NotificationTables {
  channels: ChannelsTable;
  notification_routes: NotificationRoutesTable;
  notification_messages: NotificationMessagesTable;
  deliveries: DeliveriesTable;
  incident_channels: IncidentChannelsTable;
  notification_settings: NotificationSettingsTable;
  push_subscriptions: PushSubscriptionsTable;
}
