/** Alert rules: when is something wrong with a host, how bad is it, and how often is it said. Times are ms. */
import { z } from 'zod';
import { TagSchema, TagsSchema } from './hosts';
import { IdSchema } from './identity';
import { METRIC_IDS } from './metrics';
import { SEVERITIES } from './severity';
import { toDisplayText } from './text';

export const SeveritySchema = z.enum(SEVERITIES);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A name with `*` for any text and `?` for one character; the whole name has to match, whatever its case. */
export const PatternSchema = z
  .string()
  .trim()
  .min(1, 'a pattern has at least one character; * stands for any text')
  .max(200, 'a pattern has at most 200 characters');

/** Which hosts: those that have every tag and a name that matches; without either, all. */
export const HostSelectorSchema = z.strictObject({
  tags: TagsSchema.default([]),
  name: PatternSchema.nullable().default(null),
});
export type HostSelector = z.output<typeof HostSelectorSchema>;

const duration = (least: number, most: number) =>
  z
    .number()
    .int('a time is whole milliseconds')
    .min(least, `a time is at least ${least} ms`)
    .max(most, `a time is at most ${most} ms`);

const METRIC = {
  metric: z.enum(METRIC_IDS, {
    error: (issue) => `unknown metric ${JSON.stringify(String(issue.input).slice(0, 80))}`,
  }),
  /** Which cores, devices, mounts …, for a metric that has them. */
  instance: PatternSchema.default('*'),
};
const Threshold = z.number('a threshold is a number in the unit of the metric');

/** Shortest and longest window of a rate or prediction. */
const Window = duration(MINUTE, 7 * DAY);

/** The value is greater than the threshold; it is well again when it is not greater than `clear`. */
const Above = z
  .strictObject({
    kind: z.literal('above'),
    ...METRIC,
    threshold: Threshold,
    /** Without: the threshold itself. */
    clear: Threshold.optional(),
  })
  .refine(({ threshold, clear }) => clear === undefined || clear <= threshold, {
    path: ['clear'],
    error: 'what clears an alert above a threshold is not above it',
  });

/** The value is less than the threshold; it is well again when it is not less than `clear`. */
const Below = z
  .strictObject({
    kind: z.literal('below'),
    ...METRIC,
    threshold: Threshold,
    clear: Threshold.optional(),
  })
  .refine(({ threshold, clear }) => clear === undefined || clear >= threshold, {
    path: ['clear'],
    error: 'what clears an alert below a threshold is not below it',
  });

/** The host sends data, but no value of any matching series. */
const Absent = z.strictObject({ kind: z.literal('absent'), ...METRIC });

/** The value is another than the one before. Well again after `clearFor` without a change. */
const Changed = z.strictObject({ kind: z.literal('changed'), ...METRIC });

const DIRECTION = { direction: z.enum(['above', 'below']).default('above') };

/** The mean change per second over `window` is beyond the threshold. */
const Rate = z.strictObject({
  kind: z.literal('rate'),
  ...METRIC,
  ...DIRECTION,
  threshold: Threshold,
  window: Window,
});

/** The straight line through the values of `window` (least squares) is beyond the threshold `within` ms from now. */
const Predicted = z.strictObject({
  kind: z.literal('predicted'),
  ...METRIC,
  ...DIRECTION,
  threshold: Threshold,
  window: Window,
  within: duration(MINUTE, 30 * DAY),
});

const only = <const Kind extends string>(kind: Kind) => z.strictObject({ kind: z.literal(kind) });

/** What has to be so. */
export const ConditionSchema = z.discriminatedUnion('kind', [
  Above,
  Below,
  Absent,
  Changed,
  Rate,
  Predicted,
  /** No data for so long that the host counts as down; never after time in which the hub itself was away. */
  only('down'),
  /** No data for three intervals. */
  only('stale'),
  /** The host was rebooted without having said so. */
  only('restarted'),
  /** The host's clock differs from the hub's by more than `threshold` ms. */
  z.strictObject({ kind: z.literal('clock_off'), threshold: duration(100, DAY) }),
  /** The agent is of an older version than the hub. */
  only('agent_outdated'),
  /** Frames were lost for good: the agent's outbox was full, or they were too old to be kept. */
  only('lost_data'),
  /** Two machines use the same identity. */
  only('identity_cloned'),
]);
export type Condition = z.output<typeof ConditionSchema>;
export type ConditionKind = Condition['kind'];

/** What a message may say: `{host}` and so on stand for what they name, anything else for itself. */
export const MESSAGE_PLACEHOLDERS = [
  'host',
  'rule',
  'severity',
  'metric',
  'instance',
  'value',
  'threshold',
  'for',
  'tags',
] as const;
export type MessagePlaceholder = (typeof MESSAGE_PLACEHOLDERS)[number];

const UNKNOWN_PLACEHOLDER = new RegExp(`\\{(?!(?:${MESSAGE_PLACEHOLDERS.join('|')})\\})\\w*\\}`);

const MessageTemplateSchema = z
  .string()
  .trim()
  .min(1)
  .max(500, 'a message has at most 500 characters')
  .refine((text) => !UNKNOWN_PLACEHOLDER.test(text), {
    error: `a message may use ${MESSAGE_PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}`,
  })
  .transform(toDisplayText);

const NameSchema = z.string().trim().min(1, 'a rule has a name').max(100).transform(toDisplayText);
const EscalationSchema = z.strictObject({
  /** Time an alert has been firing and nobody has acknowledged it. */
  after: duration(MINUTE, 30 * DAY),
  severity: SeveritySchema,
});
const For = duration(0, DAY);
const Repeat = duration(MINUTE, 30 * DAY).nullable();

/** `POST /api/alert-rules`. */
export const NewAlertRuleSchema = z.strictObject({
  name: NameSchema,
  enabled: z.boolean().default(true),
  severity: SeveritySchema.default('warning'),
  hosts: HostSelectorSchema.default({ tags: [], name: null }),
  condition: ConditionSchema,
  /** How long it has to be so before the alert fires. */
  for: For.default(0),
  /** How long it has to be well before the alert is resolved. */
  clearFor: For.default(0),
  /** A reminder after each of these spans while it fires and nobody has acknowledged it; `null`: none. */
  repeatAfter: Repeat.default(null),
  escalate: EscalationSchema.nullable().default(null),
  /** One line for people, `null` for the usual one. */
  message: MessageTemplateSchema.nullable().default(null),
});
export type NewAlertRule = z.input<typeof NewAlertRuleSchema>;
/** A rule as it is kept. */
export type AlertRuleDefinition = z.output<typeof NewAlertRuleSchema>;

/** `PATCH /api/alert-rules/:id`: what is not said stays. */
export const AlertRuleChangeSchema = z.strictObject({
  name: NameSchema.optional(),
  enabled: z.boolean().optional(),
  severity: SeveritySchema.optional(),
  hosts: HostSelectorSchema.optional(),
  condition: ConditionSchema.optional(),
  for: For.optional(),
  clearFor: For.optional(),
  repeatAfter: Repeat.optional(),
  escalate: EscalationSchema.nullable().optional(),
  message: MessageTemplateSchema.nullable().optional(),
});
export type AlertRuleChange = z.output<typeof AlertRuleChangeSchema>;

/** Whom an override is for: one host, or all with a tag. A host's own goes before those of its tags. */
export const OverrideTargetSchema = z.union([
  z.strictObject({ host: IdSchema }),
  z.strictObject({ tag: TagSchema }),
]);
export type OverrideTarget = z.output<typeof OverrideTargetSchema>;

/** `POST /api/alert-rules/:id/overrides`: what differs there; replaces the one that was there before. */
export const AlertOverrideSchema = z
  .strictObject({
    target: OverrideTargetSchema,
    /** `false`: the rule does not apply there; `true`: it does, also when a tag's override says otherwise. */
    enabled: z.boolean().optional(),
    /** For a condition that has one. What clears the alert moves with it, unless said otherwise. */
    threshold: Threshold.optional(),
    clear: Threshold.optional(),
    severity: SeveritySchema.optional(),
    for: For.optional(),
  })
  .refine((override) => Object.values(override).filter((value) => value !== undefined).length > 1, {
    error: 'say what differs: enabled, threshold, clear, severity or for',
  });
export type AlertOverride = z.output<typeof AlertOverrideSchema>;

/** A condition with another threshold; what clears the alert keeps its distance, unless it is said. */
export function overriddenCondition(
  condition: Condition,
  { threshold, clear }: Pick<AlertOverride, 'threshold' | 'clear'>,
): Condition {
  if (!('threshold' in condition)) return condition;
  const moved = threshold ?? condition.threshold;
  if (condition.kind !== 'above' && condition.kind !== 'below') {
    return { ...condition, threshold: moved };
  }
  const distance = condition.clear === undefined ? 0 : condition.clear - condition.threshold;
  return { ...condition, threshold: moved, clear: clear ?? moved + distance };
}

/** `DELETE /api/alert-rules/:id/overrides`: of whom. */
export const OverrideQuerySchema = z.union([
  z.strictObject({ host: IdSchema }),
  z.strictObject({ tag: TagSchema }),
]);

/** Most rules, and most overrides of one rule. */
export const MAX_RULES = 500;
export const MAX_OVERRIDES_PER_RULE = 2_000;

/** A rule with what the hub knows of it. */
export const AlertRuleSchema = z.object({
  id: IdSchema,
  ...NewAlertRuleSchema.shape,
  /** Whether it came with Hostdeck. */
  isDefault: z.boolean(),
  overrides: z.array(AlertOverrideSchema),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type AlertRule = z.output<typeof AlertRuleSchema>;
