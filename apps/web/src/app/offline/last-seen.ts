import { DOCUMENT, inject, Injectable } from '@angular/core';
import type { HostStatus } from '@hostdeck/contracts';

/** The fleet as it was when the hub was heard last. */
export interface Sighting {
  /** Ms since the epoch, on this machine's clock: there is no other where the hub is not. */
  readonly at: number;
  readonly states: Readonly<Record<HostStatus, number>>;
}

const STORAGE_KEY = 'hostdeck.last-seen';

/** Remembers in this browser how many hosts were in which state; no names, no values. */
@Injectable({ providedIn: 'root' })
export class LastSeen {
  private readonly view = inject(DOCUMENT).defaultView;

  note(states: Readonly<Record<HostStatus, number>>): void {
    const sighting: Sighting = { at: Date.now(), states };
    try {
      this.view?.localStorage.setItem(STORAGE_KEY, JSON.stringify(sighting));
    } catch {
      // Storage is turned off in this browser: the offline page says less.
    }
  }

  /** Forgets it, as when somebody signs out. */
  forget(): void {
    try {
      this.view?.localStorage.removeItem(STORAGE_KEY);
    } catch {
      // Storage is turned off in this browser: there is nothing to forget.
    }
  }

  /** What was noted last; `null` when nothing was. */
  read(): Sighting | null {
    try {
      return parseSighting(this.view?.localStorage.getItem(STORAGE_KEY) ?? null);
    } catch {
      // Storage is turned off, or somebody else wrote there.
      return null;
    }
  }
}

function parseSighting(text: string | null): Sighting | null {
  const kept: unknown = text === null ? null : JSON.parse(text);
  if (typeof kept !== 'object' || kept === null || !('at' in kept) || !('states' in kept))
    return null;
  const { at, states } = kept;
  if (typeof at !== 'number' || typeof states !== 'object' || states === null) return null;
  const counts = new Map<string, unknown>(Object.entries(states));
  const count = (status: string) => {
    const value = counts.get(status);
    return typeof value === 'number' ? value : 0;
  };
  return {
    at,
    states: {
      live: count('live'),
      stale: count('stale'),
      catching_up: count('catching_up'),
      restarting: count('restarting'),
      down: count('down'),
    },
  };
}
