import type { HostWindow } from './journal-index';

/** How long a window that could not be read is left alone, ms: what is broken stays so, what was busy or full passes. */
const RETRY_AFTER = 600_000;

/** Windows that could not be read: they wait, so that those behind them get their turn. */
export class UnreadableWindows {
  private readonly windows = new Map<
    string,
    { readonly host: number; readonly retryAt: number; readonly error: unknown }
  >();

  get size(): number {
    return this.windows.size;
  }

  /** Whether a window could not be read a short time ago. */
  isWaiting(window: HostWindow, now: number): boolean {
    const known = this.windows.get(keyOf(window));
    return known !== undefined && now < known.retryAt;
  }

  /** Does `read`; when it fails, notes that and gives `null`. */
  async attempt<Result>(
    window: HostWindow,
    now: number,
    read: () => Promise<Result>,
  ): Promise<Result | null> {
    try {
      const result = await read();
      this.windows.delete(keyOf(window));
      return result;
    } catch (error) {
      const { host } = window;
      this.windows.set(keyOf(window), { host, retryAt: now + RETRY_AFTER, error });
      return null;
    }
  }

  /** @throws what was wrong with the first of them, if there are any. */
  throwFirst(): void {
    for (const { error } of this.windows.values()) throw error;
  }

  /** Forgets those of a host that was removed. */
  forget(host: number): void {
    for (const [key, window] of this.windows) {
      if (window.host === host) this.windows.delete(key);
    }
  }
}

function keyOf({ host, start }: HostWindow): string {
  return `${String(host)} ${String(start)}`;
}
