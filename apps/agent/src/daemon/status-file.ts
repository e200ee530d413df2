import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentReportSchema, AgentSettingsSchema, INTERVAL_REASONS } from '@hostdeck/contracts';
import { z } from 'zod';
import { writeAtomically } from '../state/atomic-file';
import { isProcessAlive } from '../state/process-alive';

/** What a running agent tells of itself. Times are ms since the epoch. */
const AgentStatusSchema = z.object({
  pid: z.number().int(),
  version: z.string(),
  startedAt: z.number(),
  writtenAt: z.number(),
  link: z.object({
    state: z.string(),
    problem: z.string().nullable(),
    clockOffset: z.number().nullable(),
    lastAckAt: z.number().nullable(),
    stored: z.number(),
    setAside: z.number(),
  }),
  /** Sampling interval in force, ms, and why. */
  interval: z.number(),
  reason: z.enum(INTERVAL_REASONS),
  /** Ticks left out. */
  skipped: z.number(),
  settings: AgentSettingsSchema,
  /** Whether somebody looks, also at the processes, and what the last scan of these cost. */
  focus: z.object({
    isOn: z.boolean(),
    processes: z.boolean(),
    lastScan: z.object({ total: z.number(), sent: z.number(), took: z.number() }).nullable(),
  }),
  /** What does not do all it should, apart from the collectors. */
  troubles: AgentReportSchema.shape.collectors,
  outbox: z.object({
    frames: z.number(),
    bytes: z.number(),
    /** Frames lost since the start. */
    lost: z.number(),
    /** Why frames are in memory only; `null` while they are on disk. */
    problem: z.string().nullable(),
  }),
  collectors: z.array(
    z.object({
      name: z.string(),
      failures: z.number(),
      hanging: z.boolean(),
      problem: z.string().nullable(),
      trouble: z.enum(['failing', 'hanging', 'limited']).nullable(),
      since: z.number().nullable(),
    }),
  ),
});
export type AgentStatus = z.infer<typeof AgentStatusSchema>;

/** Time from one status to the next, ms. */
export const STATUS_INTERVAL = 20_000;
/** Age at which a status says nothing of now any more, ms. */
const STALE_AFTER = 3 * STATUS_INTERVAL;

function statusPath(stateDir: string): string {
  return join(stateDir, 'status.json');
}

/** Writes the status for `hostdeck-agent status` to read. @throws errors of the system */
export function writeStatus(stateDir: string, status: AgentStatus): void {
  writeAtomically(statusPath(stateDir), `${JSON.stringify(status)}\n`);
}

/** The status of the agent that runs with this state directory; `null` when none does. */
export async function readRunningStatus(stateDir: string): Promise<AgentStatus | null> {
  let text: string;
  try {
    text = await readFile(statusPath(stateDir), 'utf8');
  } catch {
    // Whatever keeps it from being read: nothing is known of a running agent.
    return null;
  }
  const parsed = AgentStatusSchema.safeParse(parseJson(text));
  if (!parsed.success || Date.now() - parsed.data.writtenAt > STALE_AFTER) return null;
  return isProcessAlive(parsed.data.pid) ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A status of another version or a damaged one is as good as none.
    return undefined;
  }
}
