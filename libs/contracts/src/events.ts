import { z } from 'zod';
import { HostStatusSchema } from './hosts';

function event<const Kind extends string, Detail extends z.ZodRawShape>(
  kind: Kind,
  detail: Detail,
) {
  return z.object({
    /** When the hub noticed it, on its clock. */
    at: z.number(),
    kind: z.literal(kind),
    detail: z.object(detail),
    /** The same in words, for people. */
    text: z.string(),
  });
}

/** Something worth remembering about a host. */
export const HostEventSchema = z.discriminatedUnion('kind', [
  /** `from` is `null` at a host's first status. */
  event('status', { from: HostStatusSchema.nullable(), to: HostStatusSchema }),
  event('rebooted', { bootedAt: z.number().nullable() }),
  event('agent_restarted', {}),
  /** The agent lost its outbox, or could not trust it any more, and began a new one. */
  event('new_epoch', {}),
  event('agent_version', { from: z.string(), to: z.string() }),
  /** Clock offsets before and after, ms: the host's clock minus the hub's. */
  event('clock_jumped', { from: z.number(), to: z.number() }),
  /** Frames that the agent's outbox dropped before the hub had them. */
  event('frames_lost', { frames: z.number().int() }),
  /** Two machines use the same identity; `hostnames` are those they gave. */
  event('identity_cloned', { hostnames: z.array(z.string()) }),
  /** Frames older than the hub keeps frames; `oldest` is the time in the oldest. */
  event('too_old', { frames: z.number().int(), oldest: z.number() }),
  /** The host samples less than it is set to: every `interval` ms. */
  event('sampling_slowed', { interval: z.number(), reason: z.enum(['battery', 'overloaded']) }),
  /** It samples as it is set to again. */
  event('sampling_restored', { interval: z.number() }),
  /** A collector of the agent began to fail, or to hang. */
  event('collector_failing', {
    collector: z.string(),
    trouble: z.enum(['failing', 'hanging']),
    message: z.string(),
  }),
  event('collector_recovered', { collector: z.string() }),
  /** The hub itself was off or stood still from `at` to `until`: nothing is known of that time, and nobody is charged with it. */
  event('hub_blind', {}).extend({ until: z.number() }),
]);
export type HostEvent = z.infer<typeof HostEventSchema>;
export type HostEventKind = HostEvent['kind'];

const Time = z.coerce.number().int().nonnegative().max(8.64e15);

/** `GET /api/hosts/:id/events`: what lies from `from` (included) to `to` (not), the newest first. */
export const HostEventsQuerySchema = z.strictObject({
  from: Time.optional(),
  to: Time.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.string().max(200).optional(),
});
export type HostEventsQuery = z.output<typeof HostEventsQuerySchema>;
