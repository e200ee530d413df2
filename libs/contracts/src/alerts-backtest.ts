import { z } from 'zod';
import { NewAlertRuleSchema } from './alerts-rules';
import { isSpan, NO_SPAN, QueryTime } from './history';
import { IdSchema } from './identity';

/** Most hosts looked at, firings given of one host, and time that is looked at, in one backtest. */
export const MAX_BACKTEST_HOSTS = 200;
export const MAX_BACKTEST_FIRINGS = 100;
export const MAX_BACKTEST_SPAN = 31 * 86_400_000;

/** `POST /api/alert-rules/backtest`. Without `from`: the 24 hours before `to`; without `to`: until now. */
export const BacktestSchema = z
  .strictObject({
    rule: NewAlertRuleSchema,
    /** The rule whose overrides count too. */
    ruleId: IdSchema.optional(),
    /** Only this host, if the rule is for it. */
    host: IdSchema.optional(),
    from: QueryTime.optional(),
    to: QueryTime.optional(),
  })
  .refine(isSpan, NO_SPAN);
export type Backtest = z.output<typeof BacktestSchema>;

/** A time in which the rule would have fired. */
export const FiringSchema = z.object({
  /** Series key, or the kind of the condition for one that is about the host. */
  series: z.string(),
  from: z.number(),
  /** `null`: still at the end of the span. */
  to: z.number().nullable(),
  /** The worst value, in the unit of the metric; `null` where there is none. */
  worst: z.number().nullable(),
});
export type Firing = z.infer<typeof FiringSchema>;

/** The answer: how often it would have fired, where and when. */
export const BacktestAnswerSchema = z.object({
  from: z.number(),
  to: z.number(),
  /** Firings found, those that are not given included. */
  firings: z.number(),
  /** Hosts the rule is for, and how many of them were looked at. */
  hostsMatching: z.number(),
  hostsChecked: z.number(),
  /** Longest step of the values that were looked at, ms; 0: every frame. In steps the worst value of each counts. */
  step: z.number(),
  /** What was left out, in words; `null`: nothing. */
  capped: z.string().nullable(),
  /** Those on which it would have fired. */
  hosts: z.array(
    z.object({
      id: IdSchema,
      name: z.string(),
      /** Firings found; the first {@link MAX_BACKTEST_FIRINGS} of them are given. */
      count: z.number(),
      firings: z.array(FiringSchema),
    }),
  ),
});
export type BacktestAnswer = z.infer<typeof BacktestAnswerSchema>;
