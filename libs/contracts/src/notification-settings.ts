/** Settings of notifications as a whole, and browsers that get them. */
import { z } from 'zod';
import { IdSchema } from './identity';
import { toDisplayText } from './text';

/** Whether the outside is told that the hub lives. */
export const HeartbeatHealthSchema = z.object({
  lastSentAt: z.number().nullable(),
  /** Why the last one was not sent, or not taken; `null` when it was. */
  problem: z.string().nullable(),
});
export type HeartbeatHealth = z.infer<typeof HeartbeatHealthSchema>;

/** `GET /api/notification-settings`. */
export const NotificationSettingsSchema = z.object({
  /** Networks that may be sent to although they are private, such as `10.0.0.0/8`. */
  networks: z.array(z.string()),
  /** An address outside that is called at an interval as long as the hub is healthy, so that somebody notices when it is not. */
  heartbeat: z.object({
    enabled: z.boolean(),
    /** Seconds. */
    interval: z.number().int(),
    url: z.object({ set: z.boolean() }),
    health: HeartbeatHealthSchema,
  }),
});
export type NotificationSettings = z.infer<typeof NotificationSettingsSchema>;

/** `PATCH /api/notification-settings`; an `url` of `null` removes it. */
export const NotificationSettingsChangeSchema = z.strictObject({
  networks: z.array(z.string().trim().max(64)).max(100).optional(),
  heartbeat: z
    .strictObject({
      enabled: z.boolean().optional(),
      interval: z.number().int().min(10).max(86_400).optional(),
      url: z
        .url({ protocol: /^https?$/ })
        .max(2_000)
        .nullable()
        .optional(),
    })
    .optional(),
});
export type NotificationSettingsChange = z.output<typeof NotificationSettingsChangeSchema>;

/** `GET /api/push-key`: what a browser needs to ask its push service for an address. */
export const PushKeySchema = z.object({ publicKey: z.string() });
export type PushKey = z.infer<typeof PushKeySchema>;

/** `POST /api/push-subscriptions`: what `PushSubscription.toJSON()` gives, and what to call the browser. */
export const NewPushSubscriptionSchema = z.strictObject({
  endpoint: z.url({ protocol: /^https$/ }).max(1_000),
  keys: z.strictObject({
    /** 65 bytes and 16 bytes in base64url. */
    p256dh: z.string().regex(/^B[\w-]{86}$/, 'expected a P-256 point in base64url'),
    auth: z.string().regex(/^[\w-]{22}$/, 'expected 16 bytes in base64url'),
  }),
  browser: z.string().trim().min(1).max(100).transform(toDisplayText),
});
export type NewPushSubscription = z.input<typeof NewPushSubscriptionSchema>;

/** One of the browsers of whoever asks. */
export const PushSubscriptionInfoSchema = z.object({
  id: IdSchema,
  browser: z.string(),
  createdAt: z.number(),
});
export type PushSubscriptionInfo = z.infer<typeof PushSubscriptionInfoSchema>;
