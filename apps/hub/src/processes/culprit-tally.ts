import type { CulpritRow } from '@hostdeck/contracts';
import type { CulpritSample } from '../history/history-store';

/** Processes told apart over one span; where more come and go, those seen last with least use make room. */
const MOST_PROCESSES = 20_000;

/** CPU is told in tenths of a percent. */
const CPU_STEPS = 10;

interface Sum {
  total: number;
  most: number | null;
}

interface Tallied {
  readonly row: Pick<CulpritRow, 'pid' | 'started' | 'name' | 'user' | 'command' | 'firstSeen'>;
  lastSeen: number;
  readonly cpu: Sum;
  readonly memory: Sum;
}

/** What is ranked by. */
export type Measure = 'cpu' | 'memory';

/** Adds up samples of culprits over a span. */
export class CulpritTally {
  private readonly processes = new Map<string, Tallied>();
  samples = 0;
  /** Time of the first and of the last sample; `null` without samples. */
  from: number | null = null;
  to: number | null = null;

  constructor(private readonly by: Measure) {}

  /** Adds a sample that is not older than those before. */
  add({ at, culprits }: CulpritSample): void {
    this.samples += 1;
    this.from ??= at;
    this.to = at;
    for (const [pid, started, name, user, command, cpu, memory] of culprits) {
      const key = `${String(pid)} ${String(started)} ${name}`;
      let process = this.processes.get(key);
      if (process === undefined) {
        process = {
          row: { pid, started, name, user, command, firstSeen: at },
          lastSeen: at,
          cpu: { total: 0, most: null },
          memory: { total: 0, most: null },
        };
        this.processes.set(key, process);
      }
      process.lastSeen = at;
      addTo(process.cpu, cpu);
      addTo(process.memory, memory);
    }
    if (this.processes.size > MOST_PROCESSES) this.makeRoom();
  }

  /** The `limit` processes that used most, the greatest first. A sample that a process is not in counts as none of it. */
  top(limit: number): CulpritRow[] {
    return this.ranked()
      .slice(0, limit)
      .map(([, { row, lastSeen, cpu, memory }]) => ({
        ...row,
        cpu: this.mean(cpu, CPU_STEPS),
        memory: this.mean(memory, 1),
        mostCpu: cpu.most,
        mostMemory: memory.most,
        lastSeen,
      }));
  }

  /** The mean over all samples, in whole parts of which `steps` are one. */
  private mean({ total, most }: Sum, steps: number): number | null {
    return most === null ? null : Math.round((total / this.samples) * steps) / steps;
  }

  private ranked(): [string, Tallied][] {
    const { by } = this;
    const rank = (sum: Sum) => (sum.most === null ? -1 : sum.total);
    return [...this.processes].sort(
      ([, first], [, second]) =>
        rank(second[by]) - rank(first[by]) || second.lastSeen - first.lastSeen,
    );
  }

  private makeRoom(): void {
    for (const [key] of this.ranked().slice(MOST_PROCESSES / 2)) this.processes.delete(key);
  }
}

function addTo(sum: Sum, value: number | null): void {
  if (value === null) return;
  sum.total += value;
  sum.most = Math.max(sum.most ?? 0, value);
}
