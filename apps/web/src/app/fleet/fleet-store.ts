import { inject, Injectable, signal } from '@angular/core';
import type { CardHistories, FleetSnapshot, FleetUpdate, HostCard } from '@hostdeck/contracts';
import { LiveConnection } from '../live/live-connection';
import { continueHistory, type RollingHistory, startHistory } from './card-history';
import { hostSeverity, type Severity } from './severity';

/** One host of the fleet: its card, the lines on it, and how much it asks for attention. A changed host is a new object. */
export interface FleetHost {
  readonly card: HostCard;
  readonly history: RollingHistory;
  readonly severity: Severity;
}

/** Steps and their length for a host that appears while the fleet is watched: ten minutes. */
const NEW_STEPS = 60;
const NEW_STEP = 10_000;

/** Every host, kept up to date while somebody looks. */
@Injectable({ providedIn: 'root' })
export class FleetStore {
  private readonly connection = inject(LiveConnection);
  private readonly known = signal<ReadonlyMap<string, FleetHost> | null>(null);
  private readonly arrangements = signal(0);
  private watchers = 0;
  private unwatch: (() => void) | null = null;

  /** Hosts by id; `null` before the first answer. */
  readonly hosts = this.known.asReadonly();

  /**
   * Grows whenever something changes that filters, groups or the order "worst first" go by: hosts, their names, tags,
   * states and severities. Values alone leave it as it is, so that a thousand hosts are not sorted twice a second.
   */
  readonly arrangement = this.arrangements.asReadonly();

  /** Keeps the fleet up to date until the returned function is called. */
  follow(): () => void {
    this.watchers += 1;
    this.unwatch ??= this.connection.watchFleet({
      snapshot: (snapshot) => this.replace(snapshot),
      update: (update) => this.merge(update),
      histories: (part) => this.addHistories(part),
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

  private replace({ cards, hubTime }: FleetSnapshot): void {
    const before = this.known();
    const hosts = cards.map(({ card, history }): [string, FleetHost] => {
      // Lines that are on their way stay as they were until they are there.
      const until = before?.get(card.id)?.history ?? emptyHistory(hubTime);
      return [
        card.id,
        toFleetHost(card, history === null ? until : startHistory(history, hubTime)),
      ];
    });
    this.known.set(new Map(hosts));
    this.arrangements.update((count) => count + 1);
  }

  private addHistories({ histories, hubTime }: CardHistories): void {
    const hosts = this.known();
    if (hosts === null) return;
    const merged = new Map(hosts);
    let rearranged = false;
    for (const { hostId, history } of histories) {
      const before = merged.get(hostId);
      if (before === undefined) continue;
      const after = toFleetHost(before.card, startHistory(history, hubTime));
      rearranged ||= isPlacedElsewhere(before, after);
      merged.set(hostId, after);
    }
    this.known.set(merged);
    if (rearranged) this.arrangements.update((count) => count + 1);
  }

  private merge({ cards, removed, hubTime }: FleetUpdate): void {
    const hosts = this.known();
    if (hosts === null) return;
    const merged = new Map(hosts);
    let rearranged = false;
    for (const id of removed) rearranged = merged.delete(id) || rearranged;
    for (const card of cards) {
      const before = merged.get(card.id);
      const after = changed(before, card, hubTime);
      rearranged ||= before === undefined || isPlacedElsewhere(before, after);
      merged.set(card.id, after);
    }
    this.known.set(merged);
    if (rearranged) this.arrangements.update((count) => count + 1);
  }
}

/** A host as the page knows it. */
export function toFleetHost(card: HostCard, history: RollingHistory): FleetHost {
  return { card, history, severity: hostSeverity({ card, history }) };
}

function changed(before: FleetHost | undefined, card: HostCard, hubTime: number): FleetHost {
  const history = before?.history ?? emptyHistory(hubTime);
  // A card that only changed its state or name brings no new values.
  const isFresh = before?.card.sampledAt !== card.sampledAt && card.sampledAt !== null;
  return toFleetHost(card, isFresh ? continueHistory(history, card.values, hubTime) : history);
}

function isPlacedElsewhere(before: FleetHost, after: FleetHost): boolean {
  return (
    before.severity !== after.severity ||
    before.card.status !== after.card.status ||
    before.card.name !== after.card.name ||
    before.card.tags.join() !== after.card.tags.join()
  );
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
