import { inject, Injectable, signal } from '@angular/core';
import type { FleetSnapshot, FleetUpdate, HostCard } from '@hostdeck/contracts';
import { LiveConnection } from '../live/live-connection';
import { continueHistory, type RollingHistory, startHistory } from './card-history';

/** One host of the fleet: its card and the lines on it. A changed host is a new object. */
export interface FleetHost {
  readonly card: HostCard;
  readonly history: RollingHistory;
}

/** Steps and their length for a host that appears while the fleet is watched: ten minutes. */
const NEW_STEPS = 60;
const NEW_STEP = 10_000;

/** Every host, kept up to date while somebody looks. */
@Injectable({ providedIn: 'root' })
export class FleetStore {
  private readonly connection = inject(LiveConnection);
  private readonly known = signal<ReadonlyMap<string, FleetHost> | null>(null);
  private watchers = 0;
  private unwatch: (() => void) | null = null;

  /** Hosts by id; `null` before the first answer. */
  readonly hosts = this.known.asReadonly();

  /** Keeps the fleet up to date until the returned function is called. */
  follow(): () => void {
    this.watchers += 1;
    this.unwatch ??= this.connection.watchFleet({
      snapshot: (snapshot) => this.known.set(fromSnapshot(snapshot)),
      update: (update) =>
        this.known.update((hosts) => (hosts === null ? null : merge(hosts, update))),
    });
    let following = true;
    return () => {
      if (!following) return;
      following = false;
      this.watchers -= 1;
      if (this.watchers > 0) return;
      this.unwatch?.();
      this.unwatch = null;
    };
  }

  /** Forgets everything, as when another person signs in. */
  clear(): void {
    this.known.set(null);
  }
}

function fromSnapshot({ cards, hubTime }: FleetSnapshot): ReadonlyMap<string, FleetHost> {
  return new Map(
    cards.map(({ card, history }) => [card.id, { card, history: startHistory(history, hubTime) }]),
  );
}

function merge(
  hosts: ReadonlyMap<string, FleetHost>,
  { cards, removed, hubTime }: FleetUpdate,
): ReadonlyMap<string, FleetHost> {
  const merged = new Map(hosts);
  for (const id of removed) merged.delete(id);
  for (const card of cards) {
    const before = merged.get(card.id);
    const history = before?.history ?? emptyHistory(hubTime);
    const fresh = before?.card.sampledAt !== card.sampledAt && card.sampledAt !== null;
    merged.set(card.id, {
      card,
      // A card that only changed its state or name brings no new values.
      history: fresh ? continueHistory(history, card.values, hubTime) : history,
    });
  }
  return merged;
}

function emptyHistory(hubTime: number): RollingHistory {
  const unknown = Array<number | null>(NEW_STEPS).fill(null);
  return startHistory(
    {
      from: hubTime - NEW_STEPS * NEW_STEP,
      step: NEW_STEP,
      cpu: unknown,
      memory: unknown,
      disk: unknown,
      receive: unknown,
      transmit: unknown,
    },
    hubTime,
  );
}
