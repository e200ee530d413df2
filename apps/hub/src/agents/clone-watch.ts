import type { Hello } from '@hostdeck/contracts';
import type { Host } from '../hosts/host';

/** Runs of the agent remembered of one host. */
const KEPT = 8;
/** A clone is told of once in this time, ms. */
const QUIET = 3_600_000;

/** The runs of one host's agent, the current one last, with the names the machine gave. */
interface Runs {
  readonly hostnames: Map<string, string>;
  clonedAt: number | null;
}

/** What a hello tells of two machines with one identity. */
export type Finding =
  | { readonly name: 'single' }
  | { readonly name: 'cloned'; readonly hostnames: readonly string[]; readonly isNews: boolean };

/**
 * Finds out whether two machines use one identity. A machine that boots, or an agent that is started, is another than before and never
 * again what it was: who comes back as it was before the last one came is a second one that takes turns with it.
 */
export class CloneWatch {
  private readonly runs = new WeakMap<Host, Runs>();

  note(host: Host, { epoch, facts }: Hello, now: number): Finding {
    const runs = this.runs.get(host) ?? { hostnames: new Map<string, string>(), clonedAt: null };
    this.runs.set(host, runs);
    const run = JSON.stringify([epoch, facts.bootId, facts.agentStartedAt ?? null]);
    const current = [...runs.hostnames.keys()].at(-1);
    const returns = run !== current && runs.hostnames.has(run);
    runs.hostnames.delete(run);
    runs.hostnames.set(run, facts.hostname);
    for (const oldest of runs.hostnames.keys()) {
      if (runs.hostnames.size <= KEPT) break;
      runs.hostnames.delete(oldest);
    }
    const isQuiet = runs.clonedAt !== null && now - runs.clonedAt < QUIET;
    if (!returns && !isQuiet) return { name: 'single' };
    if (!isQuiet) runs.clonedAt = now;
    const hostnames = [...new Set([...runs.hostnames.values()].slice(-2))];
    return { name: 'cloned', hostnames, isNews: !isQuiet };
  }
}
