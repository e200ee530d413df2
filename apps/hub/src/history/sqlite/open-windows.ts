/** Which windows of raw frames have rows in the journal that are still to be sealed. Kept in memory, found again at a start. */
import { RAW_WINDOW } from '../tiers';
import { startOf } from '../rollup';

/** One host's window of raw frames. */
export interface HostWindow {
  readonly host: number;
  readonly start: number;
}

/** After its end, a window stays open this long for what is a little late, ms. */
const GRACE = 30_000;
/** Over this time the hosts' seals are spread, so that they do not all fall together, ms. */
const SPREAD = 480_000;
/** A window that was already over when a frame came stays open this long for the rest of the backlog, ms. */
const LATE_GRACE = 60_000;

export class OpenWindows {
  /** When each window is due, by host and start. */
  private readonly due = new Map<number, Map<number, number>>();

  /** Notes that the journal has a frame of that time. */
  touch(host: number, at: number, now: number): void {
    const start = startOf(at, RAW_WINDOW);
    let windows = this.due.get(host);
    if (windows === undefined) {
      windows = new Map();
      this.due.set(host, windows);
    }
    if (windows.has(start)) return;
    const end = start + RAW_WINDOW;
    windows.set(start, end > now ? end + GRACE + spread(host) : now + LATE_GRACE);
  }

  /** Takes out up to `limit` windows that are due, those of the same host in the order of time. */
  takeDue(now: number, limit: number): HostWindow[] {
    const taken: HostWindow[] = [];
    for (const [host, windows] of this.due) {
      const starts = [...windows].filter(([, due]) => due <= now).map(([start]) => start);
      for (const start of starts.sort((first, second) => first - second)) {
        if (taken.length === limit) return taken;
        windows.delete(start);
        taken.push({ host, start });
      }
      if (windows.size === 0) this.due.delete(host);
    }
    return taken;
  }

  /** Puts windows back that could not be sealed. */
  putBack(windows: readonly HostWindow[], now: number): void {
    for (const { host, start } of windows) this.touch(host, start, now);
  }

  /** Whether a host has an open window that starts within `from` (included) and `to` (not). */
  hasBetween(host: number, from: number, to: number): boolean {
    for (const start of this.due.get(host)?.keys() ?? []) {
      if (start >= from && start < to) return true;
    }
    return false;
  }

  forget(host: number): void {
    this.due.delete(host);
  }
}

/** A host's place in the spread: always the same, and neighbours far apart (multiplicative hashing, Knuth 6.4). */
function spread(host: number): number {
  return (Math.imul(host, 2_654_435_761) >>> 0) % SPREAD;
}
