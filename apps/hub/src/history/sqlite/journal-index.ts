/**
 * Which rows of the journal are not sealed yet, by host and window. Kept in memory: an index on disk would touch a page for every host
 * at every commit, the journal itself only grows at its end. Found again at a start.
 */
import { startOf } from '../rollup';
import { RAW_WINDOW } from '../tiers';

/** One host's window of raw frames. */
export interface HostWindow {
  readonly host: number;
  readonly start: number;
}

/** How long windows stay open and wait, ms. */
export interface Graces {
  /** After its end, for what is a little late. */
  readonly fresh: number;
  /** Over this time the hosts' seals are spread, so that they do not all fall together. */
  readonly spread: number;
  /** A window that was already over when a frame came, for the rest of the backlog. */
  readonly late: number;
  /** After its end, a window of rollups waits this long, so that its last seal comes first. */
  readonly rollUp: number;
}

export const DEFAULT_GRACES: Graces = {
  fresh: 30_000,
  spread: 240_000,
  late: 60_000,
  rollUp: 60_000,
};

/** Injection token of {@link Graces}. */
export const GRACES = Symbol('graces');

interface OpenWindow {
  due: number;
  /** Row ids, ascending, and the times of their frames. */
  ids: number[];
  times: number[];
}

export class JournalIndex {
  private readonly hosts = new Map<number, Map<number, OpenWindow>>();

  constructor(private readonly graces: Graces) {}

  /** Notes a row that has been committed. Ids ascend. */
  add({ host, at }: { readonly host: number; readonly at: number }, id: number, now: number): void {
    const start = startOf(at, RAW_WINDOW);
    let windows = this.hosts.get(host);
    if (windows === undefined) {
      windows = new Map();
      this.hosts.set(host, windows);
    }
    let window = windows.get(start);
    if (window === undefined) {
      window = { due: this.dueOf(host, start, now), ids: [], times: [] };
      windows.set(start, window);
    }
    window.ids.push(id);
    window.times.push(at);
  }

  /**
   * Up to `limit` windows that are due. Their rows stay until they are said to be sealed.
   *
   * @param isWaiting whether a window is left out for now
   */
  due(now: number, limit: number, isWaiting: (window: HostWindow) => boolean): HostWindow[] {
    const found: HostWindow[] = [];
    for (const [host, windows] of this.hosts) {
      for (const [start, { due }] of windows) {
        if (due > now || isWaiting({ host, start })) continue;
        found.push({ host, start });
        if (found.length === limit) return found;
      }
    }
    return found;
  }

  /** Rows of a host whose frames lie in the span, `to` not included. */
  rowsBetween(host: number, from: number, to: number): number[] {
    const rows: number[] = [];
    for (const [start, { ids, times }] of this.hosts.get(host) ?? []) {
      if (start >= to || start + RAW_WINDOW <= from) continue;
      times.forEach((at, index) => {
        if (at >= from && at < to) rows.push(ids[index] ?? 0);
      });
    }
    return rows;
  }

  /** The row of a host's newest frame; `null` when all of its frames are sealed. */
  newest(host: number): number | null {
    let newest: { at: number; id: number } | null = null;
    for (const { ids, times } of this.hosts.get(host)?.values() ?? []) {
      times.forEach((at, index) => {
        if (newest === null || at >= newest.at) newest = { at, id: ids[index] ?? 0 };
      });
    }
    return (newest as { id: number } | null)?.id ?? null;
  }

  /** Start of a host's oldest open window; `null` when it has none. */
  oldest(host: number): number | null {
    let oldest: number | null = null;
    for (const start of this.hosts.get(host)?.keys() ?? [])
      oldest = Math.min(oldest ?? start, start);
    return oldest;
  }

  /** The rows of a window up to `lastRow` are in its chunk now; what came meanwhile stays open. */
  sealed({ host, start }: HostWindow, lastRow: number, now: number): void {
    const windows = this.hosts.get(host);
    const window = windows?.get(start);
    if (windows === undefined || window === undefined) return;
    const rest = window.ids.findIndex((id) => id > lastRow);
    if (rest === -1) {
      windows.delete(start);
      if (windows.size === 0) this.hosts.delete(host);
      return;
    }
    window.ids = window.ids.slice(rest);
    window.times = window.times.slice(rest);
    window.due = this.dueOf(host, start, now);
  }

  /** The lowest row that is not sealed; `null` when all are. */
  lowestRow(): number | null {
    let lowest: number | null = null;
    for (const windows of this.hosts.values()) {
      for (const { ids } of windows.values()) {
        lowest = Math.min(lowest ?? Infinity, ids[0] ?? Infinity);
      }
    }
    return lowest;
  }

  /** Whether a host has an open window that starts within `from` (included) and `to` (not). */
  hasBetween(host: number, from: number, to: number): boolean {
    for (const start of this.hosts.get(host)?.keys() ?? []) {
      if (start >= from && start < to) return true;
    }
    return false;
  }

  forget(host: number): void {
    this.hosts.delete(host);
  }

  private dueOf(host: number, start: number, now: number): number {
    const { fresh, spread, late } = this.graces;
    const end = start + RAW_WINDOW;
    if (end <= now) return now + late;
    // Always the same place in the spread for a host, and neighbours far apart (multiplicative hashing, Knuth 6.4).
    return end + fresh + ((Math.imul(host, 2_654_435_761) >>> 0) % Math.max(1, spread));
  }
}
