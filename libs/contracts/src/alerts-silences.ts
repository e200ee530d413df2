import { z } from 'zod';
import { HostSelectorSchema } from './alerts-rules';
import { IdSchema } from './identity';
import { toDisplayText } from './text';

const Time = z.number().int().nonnegative().max(8.64e15);

/** When a silence holds: once from `from` to `until`, or for `duration` ms from every time of a cron expression. */
export const SilenceScheduleSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('once'), from: Time, until: Time })
    .refine(({ from, until }) => from < until, {
      path: ['until'],
      error: '"until" must be after "from"',
    }),
  z.strictObject({
    kind: z.literal('recurring'),
    /** Minute, hour, day of the month, month, day of the week. */
    cron: z.string().trim().min(9, 'a cron expression has five fields').max(100),
    /** IANA name such as Europe/Berlin: the expression's times are on the clocks there, summer time included. */
    timeZone: z.string().trim().min(1).max(64),
    duration: z
      .number()
      .int()
      .min(60_000, 'a maintenance window lasts at least a minute')
      .max(7 * 86_400_000, 'a maintenance window lasts at most seven days'),
    /** No window begins at or after this. */
    until: Time.nullable().default(null),
  }),
]);
export type SilenceSchedule = z.output<typeof SilenceScheduleSchema>;

/** `POST /api/silences`. Silenced is what matches all of `hosts`, `hostIds` and `rules`; what is not said matches everything. */
export const NewSilenceSchema = z.strictObject({
  /** Why; shown wherever the silence has an effect. */
  reason: z.string().trim().min(1, 'say why').max(200).transform(toDisplayText),
  hosts: HostSelectorSchema.default({ tags: [], name: null }),
  hostIds: z.array(IdSchema).max(200).default([]),
  rules: z.array(IdSchema).max(100).default([]),
  schedule: SilenceScheduleSchema,
  /** It holds only while that incident is open, whatever the schedule says; `null`: as scheduled. */
  incident: IdSchema.nullable().default(null),
});
export type NewSilence = z.input<typeof NewSilenceSchema>;
export type SilenceDefinition = z.output<typeof NewSilenceSchema>;

/** `PATCH /api/silences/:id`: what is not said stays. */
export const SilenceChangeSchema = z.strictObject({
  reason: NewSilenceSchema.shape.reason.optional(),
  hosts: HostSelectorSchema.optional(),
  hostIds: z.array(IdSchema).max(200).optional(),
  rules: z.array(IdSchema).max(100).optional(),
  schedule: SilenceScheduleSchema.optional(),
});
export type SilenceChange = z.output<typeof SilenceChangeSchema>;

/** Most silences there may be. */
export const MAX_SILENCES = 1_000;

/** A silence with what the hub knows of it. */
export const SilenceSchema = z.object({
  id: IdSchema,
  ...NewSilenceSchema.shape,
  createdBy: z.string(),
  createdAt: z.number(),
  isActive: z.boolean(),
  /** Ends of the window that holds now, or of the next one; both `null` when there is none any more, or its incident is over. */
  start: z.number().nullable(),
  end: z.number().nullable(),
});
export type Silence = z.output<typeof SilenceSchema>;

/** `GET /api/silences`. */
export const SilencesQuerySchema = z.strictObject({
  /** Only those that hold now. */
  active: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
  /** Only those that hold now over something that fires in this incident. */
  incident: IdSchema.optional(),
});
export type SilencesQuery = z.output<typeof SilencesQuerySchema>;
