import type {
  ProcessIdentity,
  ProcessScan,
  ProcessState,
  ProcessValues,
} from '@hostdeck/contracts';
import { type LiveProcess, ProcessBook } from '../src/app/processes/process-book';
import { NOW } from './fleet-samples';

interface Sample {
  readonly pid: number;
  readonly ppid?: number;
  readonly started?: number;
  readonly name?: string;
  readonly user?: string | null;
  readonly command?: string | null;
  readonly state?: ProcessState;
  readonly cpu?: number | null;
  readonly memory?: number | null;
}

export function identity({ pid, ...sample }: Sample): ProcessIdentity {
  const { ppid = 1, started = NOW - 60_000, name = 'node', user = 'root', command = null } = sample;
  return { pid, ppid, started, name, user, command };
}

export function values({ pid, state = 'sleeping', cpu = 0, memory = 0 }: Sample): ProcessValues {
  return [pid, state, cpu, memory, null, null, 1, null];
}

/** A whole scan, the first of a focus, of a host with 1,000 bytes of memory. */
export function scan(samples: readonly Sample[], change: Partial<ProcessScan> = {}): ProcessScan {
  return {
    at: NOW,
    first: true,
    last: true,
    total: samples.length,
    memoryTotal: 1_000,
    appeared: samples.map(identity),
    values: samples.map(values),
    gone: [],
    ...change,
  };
}

/** Rows as the table has them. */
export function processes(...samples: readonly Sample[]): readonly LiveProcess[] {
  return new ProcessBook().apply(scan(samples))?.rows ?? [];
}
