/**
 * Processes of a host: the live table, which an agent sends while somebody looks, and the culprits, which it samples always
 * so that the past can be asked who did this. Times are ms since the epoch, sizes bytes, rates per second, shares percent.
 */
import { z } from 'zod';
import { QueryTime, isSpan, NO_SPAN } from './history';
import { displayText } from './text';

/** Bounds of what is said of processes. */
export const PROCESS_LIMITS = {
  /** Most rows in the live table; a host with more sends those that use most, and says how many there are. */
  rows: 10_000,
  /** Longest command line, UTF-16 code units, after redaction. */
  command: 1_024,
  /** Longest command line of a culprit. */
  culpritCommand: 160,
  /** Culprits by CPU and as many by memory. */
  culprits: 10,
  /** Time between two samples of culprits, ms. */
  culpritCadence: 10_000,
} as const;

/**
 * State of a process, as the kernel's letter means it: `R`, `S`, `D`, `T` and `t`, `Z`, `I`; everything else is `other`
 * (proc_pid_stat(5)).
 */
export const PROCESS_STATES = [
  'running',
  'sleeping',
  'blocked',
  'stopped',
  'zombie',
  'idle',
  'other',
] as const;
export const ProcessStateSchema = z.enum(PROCESS_STATES);
export type ProcessState = z.infer<typeof ProcessStateSchema>;

const Pid = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const Time = z.number().int().nonnegative().max(8.64e15);
const Known = z.number().nonnegative();

/** What of a process stays the same, or nearly: sent once for each process under a focus, and again when it changed. */
export const ProcessIdentitySchema = z.strictObject({
  pid: Pid,
  /** When it was started; with the pid it tells a process from a later one that got the same pid. */
  started: Time,
  /** 0 where there is no parent. */
  ppid: Pid,
  name: displayText(64),
  /** Name of the user, or its number where it has no name; `null` when it can not be known. */
  user: displayText(64).nullable(),
  /** Redacted; `null` where there is none (a kernel thread), where it can not be read, or where it is not to be sent. */
  command: displayText(PROCESS_LIMITS.command).nullable(),
});
export type ProcessIdentity = z.infer<typeof ProcessIdentitySchema>;

/**
 * What changes: pid, state, CPU in percent of one core, resident memory, bytes read and written per second, threads,
 * open files. `null` is unknown: no second reading yet, or not the right to read it.
 */
export const ProcessValuesSchema = z.tuple([
  Pid,
  ProcessStateSchema,
  Known.nullable(),
  Known.nullable(),
  Known.nullable(),
  Known.nullable(),
  Known.nullable(),
  Known.nullable(),
]);
export type ProcessValues = z.infer<typeof ProcessValuesSchema>;

/**
 * Part of a scan, as the difference from the scan before under the same focus. A scan that does not fit into one message
 * comes in parts; it is whole with the part that says `last`. The first scan of a focus says `first` in its first part, and
 * what was known before is forgotten.
 */
export const ProcessScanSchema = z.strictObject({
  at: Time,
  first: z.boolean(),
  last: z.boolean(),
  /** Processes on the host, of which at most {@link PROCESS_LIMITS.rows} are sent. */
  total: z.number().int().nonnegative(),
  /** Memory of the host, bytes, that a share of memory is taken of; `null` unknown. */
  memoryTotal: Known.nullable(),
  appeared: z.array(ProcessIdentitySchema).max(PROCESS_LIMITS.rows),
  /** Values of those that appeared and of those whose values changed. */
  values: z.array(ProcessValuesSchema).max(PROCESS_LIMITS.rows),
  /** Pids that are gone. */
  gone: z.array(Pid).max(PROCESS_LIMITS.rows),
});
export type ProcessScan = z.infer<typeof ProcessScanSchema>;

/** One row of the live table. */
export const ProcessRowSchema = z.object({
  pid: Pid,
  ppid: Pid,
  name: z.string(),
  user: z.string().nullable(),
  state: ProcessStateSchema,
  /** Percent of one core. */
  cpu: Known.nullable(),
  /** Resident memory, bytes. */
  memory: Known.nullable(),
  /** Percent of the host's memory. */
  memoryShare: Known.nullable(),
  /** Bytes per second. */
  read: Known.nullable(),
  write: Known.nullable(),
  threads: Known.nullable(),
  /** Open files. */
  files: Known.nullable(),
  started: Time,
  command: z.string().nullable(),
});
export type ProcessRow = z.infer<typeof ProcessRowSchema>;

/** What the table can be sorted by. */
export const PROCESS_COLUMNS = [
  'pid',
  'ppid',
  'name',
  'user',
  'state',
  'cpu',
  'memory',
  'read',
  'write',
  'threads',
  'files',
  'started',
  'command',
] as const;
export type ProcessColumn = (typeof PROCESS_COLUMNS)[number];

/** `GET /api/hosts/:id/processes`: scanned for this question when nobody was looking. */
export const ProcessesQuerySchema = z.strictObject({
  sort: z.enum(PROCESS_COLUMNS).default('cpu'),
  order: z.enum(['asc', 'desc']).default('desc'),
  /** Text that name, command line, user or pid contains; upper and lower case are the same. */
  filter: z.string().max(200).optional(),
  user: z.string().max(64).optional(),
  state: ProcessStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(PROCESS_LIMITS.rows).default(100),
});
export type ProcessesQuery = z.output<typeof ProcessesQuerySchema>;

/** The answer: `items` of the `matched` rows of those that were sent, of `total` on the host. */
export const ProcessesAnswerSchema = z.object({
  /** When the host was scanned, on its clock. */
  at: Time,
  total: z.number().int(),
  /** Rows the hub has: fewer than `total` when the host has too many to send. */
  sent: z.number().int(),
  matched: z.number().int(),
  items: z.array(ProcessRowSchema),
});
export type ProcessesAnswer = z.infer<typeof ProcessesAnswerSchema>;

/**
 * A process among those that used most at one moment: pid, started, name, user, command line, CPU in percent of one core
 * since the sample before, resident memory in bytes.
 */
export const CulpritSchema = z.tuple([
  Pid,
  Time,
  displayText(64),
  displayText(64).nullable(),
  displayText(PROCESS_LIMITS.culpritCommand).nullable(),
  Known.nullable(),
  Known.nullable(),
]);
export type Culprit = z.infer<typeof CulpritSchema>;

/** The culprits of one moment: those with most CPU and those with most memory, each once, in no order. */
export const CulpritsSchema = z.array(CulpritSchema).max(2 * PROCESS_LIMITS.culprits);

/** `GET /api/hosts/:id/culprits`: of the moment `at`, or of the time between `from` and `to`. */
export const CulpritsQuerySchema = z
  .strictObject({
    at: QueryTime.optional(),
    from: QueryTime.optional(),
    to: QueryTime.optional(),
    by: z.enum(['cpu', 'memory']).default('cpu'),
    limit: z.coerce.number().int().min(1).max(100).default(PROCESS_LIMITS.culprits),
  })
  .refine(isSpan, NO_SPAN)
  .refine(({ at, from, to }) => (at === undefined) !== (from === undefined && to === undefined), {
    path: ['at'],
    error: 'say either "at", or "from" and "to"',
  });
export type CulpritsQuery = z.output<typeof CulpritsQuerySchema>;

/** One process in the answer; over a span, `cpu` and `memory` are means over its samples, `most…` the greatest. */
export const CulpritRowSchema = z.object({
  pid: Pid,
  started: Time,
  name: z.string(),
  user: z.string().nullable(),
  command: z.string().nullable(),
  cpu: Known.nullable(),
  memory: Known.nullable(),
  mostCpu: Known.nullable(),
  mostMemory: Known.nullable(),
  /** First and last sample it was in. */
  firstSeen: Time,
  lastSeen: Time,
});
export type CulpritRow = z.infer<typeof CulpritRowSchema>;

/** The answer, sorted by what was asked for, greatest first. `samples` is 0 when nothing was kept of that time. */
export const CulpritsAnswerSchema = z.object({
  /** The time that the samples are of; for a moment, both are that of the sample nearest to it. */
  from: Time.nullable(),
  to: Time.nullable(),
  samples: z.number().int(),
  items: z.array(CulpritRowSchema),
});
export type CulpritsAnswer = z.infer<typeof CulpritsAnswerSchema>;
