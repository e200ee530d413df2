import { z } from 'zod';

/** Shortest and longest sampling interval, ms. */
export const MIN_INTERVAL = 1_000;
export const MAX_INTERVAL = 60_000;
/** Sampling interval unless set otherwise, ms. */
export const DEFAULT_INTERVAL = 2_000;

/** What the hub sets on an agent. */
export const AgentSettingsSchema = z.object({
  /** Sampling interval, ms. */
  interval: z.number().int().min(MIN_INTERVAL).max(MAX_INTERVAL),
});
export type AgentSettings = z.infer<typeof AgentSettingsSchema>;
