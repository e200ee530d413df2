/** Where messages about incidents go: channels, routes, what became of every delivery. */
import { z } from 'zod';
import { TagsSchema } from './hosts';
import { IdSchema } from './identity';
import { displayText, toDisplayText } from './text';

/** The services a channel can lead to. */
export const CHANNEL_KINDS = [
  'email',
  'webhook',
  'slack',
  'discord',
  'teams',
  'telegram',
  'ntfy',
  'gotify',
  'pagerduty',
  'opsgenie',
  'matrix',
  'web_push',
] as const;
export const ChannelKindSchema = z.enum(CHANNEL_KINDS);
export type ChannelKind = z.infer<typeof ChannelKindSchema>;

const SeveritySchema = z.enum(['critical', 'warning', 'info']);

const NameSchema = z.string().trim().min(1, 'a name is needed').max(100).transform(toDisplayText);

/** One field of a kind's configuration, as a form shows it. */
export const ChannelFieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  help: z.string().nullable(),
  type: z.enum(['text', 'lines', 'number', 'flag', 'choice', 'list']),
  /** Whether the hub keeps it encrypted and never gives it back. */
  secret: z.boolean(),
  required: z.boolean(),
  /** What it is when it is left out; `null`: nothing. */
  initial: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
  /** What a `choice` can be. */
  choices: z.array(z.string()),
});
export type ChannelField = z.infer<typeof ChannelFieldSchema>;

/** `GET /api/channel-kinds`: what a form for a channel asks. */
export const ChannelKindInfoSchema = z.object({
  kind: ChannelKindSchema,
  label: z.string(),
  /** Whether many messages at once can become one digest; paging services keep an alert per incident. */
  digests: z.boolean(),
  fields: z.array(ChannelFieldSchema),
});
export type ChannelKindInfo = z.infer<typeof ChannelKindInfoSchema>;

/** How much a channel sends. */
export const PaceSchema = z.strictObject({
  /** Requests sent per minute at most. */
  perMinute: z.number().int().min(1).max(600).default(20),
  /** That many messages waiting at once become one digest; `null`: never. */
  digestFrom: z.number().int().min(2).max(100).nullable().default(5),
  /** How long a message waits for others to join it, s. */
  digestWindow: z.number().int().min(0).max(3_600).default(0),
});
export type Pace = z.output<typeof PaceSchema>;

/** Values of a kind's fields by name; which ones a kind has, `GET /api/channel-kinds` tells. */
const ConfigSchema = z.record(z.string().max(64), z.unknown());

/** `POST /api/channels`. */
export const NewChannelSchema = z.strictObject({
  kind: ChannelKindSchema,
  name: NameSchema,
  enabled: z.boolean().default(true),
  config: ConfigSchema,
  pace: PaceSchema.prefault({}),
});
export type NewChannel = z.input<typeof NewChannelSchema>;

/**
 * `PATCH /api/channels/:id`. `config` takes the place of the old one; a secret field that is left out stays, one that is
 * `null` is removed.
 */
export const ChannelChangeSchema = z.strictObject({
  name: NameSchema.optional(),
  enabled: z.boolean().optional(),
  config: ConfigSchema.optional(),
  pace: PaceSchema.optional(),
});
export type ChannelChange = z.input<typeof ChannelChangeSchema>;

/** `POST /api/channels/test`: a channel that is not saved; `id` of a saved one lends it the secrets left out. */
export const ChannelDraftSchema = z.strictObject({
  id: IdSchema.optional(),
  kind: ChannelKindSchema,
  config: ConfigSchema,
});
export type ChannelDraft = z.input<typeof ChannelDraftSchema>;

/** Why something could not be delivered. */
export const DELIVERY_FAILURES = [
  /** The address lies in a network that is blocked. */
  'blocked',
  /** The name has no address. */
  'name_unknown',
  /** Nothing listens there, or no way leads there. */
  'unreachable',
  /** The certificate or the encryption is not as it must be. */
  'tls',
  /** No answer in time. */
  'timeout',
  /** The connection ended before there was an answer. */
  'closed',
  /** The receiver asks for fewer messages. */
  'limited',
  /** The receiver has a fault of its own. */
  'receiver_fault',
  /** The receiver refuses the message or the credentials: trying again as it is would not help. */
  'rejected',
  /** The receiver names another address, which is not followed. */
  'redirected',
  /** The channel's secrets cannot be decrypted. */
  'secrets_unreadable',
  /** Nobody is there to receive it. */
  'no_receiver',
  /** It could not be delivered for so long that it is no news any more. */
  'expired',
  /** The hub itself could not make the request. */
  'internal',
] as const;
export const DeliveryErrorSchema = z.object({
  reason: z.enum(DELIVERY_FAILURES),
  /** What was wrong and what to do, for people; never holds a secret. */
  message: z.string(),
  /** Status the receiver answered with, of HTTP or SMTP; `null` when it did not answer. */
  status: z.number().nullable(),
});
export type DeliveryError = z.infer<typeof DeliveryErrorSchema>;

/** What the receiver answered to a test message. */
export const TestAnswerSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    /** Status of HTTP or SMTP. */
    status: z.number().nullable(),
    /** The beginning of what it said. */
    answer: z.string(),
    /** Ms until the answer was there. */
    took: z.number(),
  }),
  z.object({ ok: z.literal(false), error: DeliveryErrorSchema, took: z.number() }),
]);
export type TestAnswer = z.infer<typeof TestAnswerSchema>;

/** Whether a channel works. */
export const ChannelHealthSchema = z.object({
  /** Messages that wait. */
  waiting: z.number().int(),
  lastSuccessAt: z.number().nullable(),
  lastErrorAt: z.number().nullable(),
  lastError: DeliveryErrorSchema.nullable(),
  /** Failures since the last success. */
  failures: z.number().int(),
  /** Nothing is sent before this; `null`: now. */
  pausedUntil: z.number().nullable(),
});
export type ChannelHealth = z.infer<typeof ChannelHealthSchema>;

/** A channel; of its secrets it is only told whether they are set. */
export const ChannelSchema = z.object({
  id: IdSchema,
  kind: ChannelKindSchema,
  name: z.string(),
  enabled: z.boolean(),
  config: ConfigSchema,
  secrets: z.record(z.string(), z.object({ set: z.boolean() })),
  pace: PaceSchema,
  health: ChannelHealthSchema,
  createdAt: z.number(),
  changedAt: z.number(),
});
export type Channel = z.infer<typeof ChannelSchema>;

/** Days of the week, from Monday on. */
export const ROUTE_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 08:30');

/** A name of the IANA time zone database. */
const TimeZoneSchema = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
    } catch {
      // `Intl` throws for what is no time zone.
      return false;
    }
  }, 'expected a time zone such as Europe/Berlin');

/** A span on some days of the week, by the clock on the wall of that zone; one that ends before it begins goes past midnight. */
export const RouteTimesSchema = z.strictObject({
  timeZone: TimeZoneSchema,
  days: z.array(z.enum(ROUTE_DAYS)).min(1).max(7),
  from: TimeOfDay,
  to: TimeOfDay,
});
export type RouteTimes = z.infer<typeof RouteTimesSchema>;

/** `POST /api/notification-routes`: messages that meet all conditions go to the channels. An empty list is no condition. */
export const NewNotificationRouteSchema = z.strictObject({
  name: NameSchema,
  severities: z.array(SeveritySchema).max(3).default([]),
  /** One of them is enough. */
  tags: TagsSchema.default([]),
  times: RouteTimesSchema.nullable().default(null),
  channels: z.array(IdSchema).max(100).default([]),
});
export type NewNotificationRoute = z.input<typeof NewNotificationRouteSchema>;

/** `PATCH /api/notification-routes/:id`. The default route has channels only. */
export const NotificationRouteChangeSchema = z.strictObject({
  name: NameSchema.optional(),
  severities: z.array(SeveritySchema).max(3).optional(),
  tags: TagsSchema.optional(),
  times: RouteTimesSchema.nullable().optional(),
  channels: z.array(IdSchema).max(100).optional(),
});
export type NotificationRouteChange = z.input<typeof NotificationRouteChangeSchema>;

/** A message goes to the channels of every route that fits; if none does, to those of the default route. */
export const NotificationRouteSchema = z.object({
  id: IdSchema,
  name: z.string(),
  isDefault: z.boolean(),
  severities: z.array(SeveritySchema),
  tags: z.array(z.string()),
  times: RouteTimesSchema.nullable(),
  channels: z.array(IdSchema),
});
export type NotificationRoute = z.infer<typeof NotificationRouteSchema>;

/** What has become of a message on its way to one channel; `dropped`: the channel was removed before. */
export const DELIVERY_STATES = ['waiting', 'sending', 'delivered', 'failed', 'dropped'] as const;
export const DeliverySchema = z.object({
  /** Numbers in the order in which they were put into the queue. */
  id: z.number().int(),
  channelId: IdSchema,
  channelName: z.string(),
  /** Idempotency key of the message. */
  key: z.string(),
  incidentId: z.string(),
  title: z.string(),
  severity: SeveritySchema,
  state: z.enum(DELIVERY_STATES),
  attempts: z.number().int(),
  createdAt: z.number(),
  /** When it is tried next; `null` when it is over. */
  nextAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  /** The last failure; kept when a later attempt succeeded. */
  error: DeliveryErrorSchema.nullable(),
});
export type Delivery = z.infer<typeof DeliverySchema>;

/** `GET /api/deliveries`, the newest first. */
export const DeliveriesQuerySchema = z.strictObject({
  channel: IdSchema.optional(),
  incident: displayText(200).optional(),
  state: z.enum(DELIVERY_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z
    .string()
    .regex(/^\d{1,16}$/, 'not a cursor of this list')
    .optional(),
});
export type DeliveriesQuery = z.output<typeof DeliveriesQuerySchema>;
