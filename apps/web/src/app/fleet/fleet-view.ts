import type { HostStatus } from '@hostdeck/contracts';
import { STATUSES } from '../status/status';
import type { FleetHost } from './fleet-store';
import { hostSeverity, severityRank } from './severity';

/** What of the fleet is shown; empty means everything. */
export interface FleetFilter {
  readonly search: string;
  readonly status: HostStatus | null;
  readonly tag: string | null;
}

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The hosts a filter lets through: the worst first, equals by name. */
export function fleetView(hosts: Iterable<FleetHost>, filter: FleetFilter): readonly FleetHost[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return [...hosts]
    .filter(
      ({ card }) =>
        (filter.status === null || card.status === filter.status) &&
        (filter.tag === null || card.tags.includes(filter.tag)) &&
        words.every((word) => matches(card.name, card.tags, word)),
    )
    .map((host) => ({ host, rank: severityRank(hostSeverity(host)) }))
    .sort(
      (a, b) =>
        b.rank - a.rank ||
        NAMES.compare(a.host.card.name, b.host.card.name) ||
        (a.host.card.id < b.host.card.id ? -1 : 1),
    )
    .map(({ host }) => host);
}

function matches(name: string, tags: readonly string[], word: string): boolean {
  return name.toLowerCase().includes(word) || tags.some((tag) => tag.toLowerCase().includes(word));
}

/** How many hosts are in each state. */
export function countByStatus(hosts: Iterable<FleetHost>): Readonly<Record<HostStatus, number>> {
  const counts = { live: 0, stale: 0, catching_up: 0, restarting: 0, down: 0 };
  for (const { card } of hosts) counts[card.status] += 1;
  return counts;
}

/** Every tag in use, sorted. */
export function tagsInUse(hosts: Iterable<FleetHost>): readonly string[] {
  const tags = new Set<string>();
  for (const { card } of hosts) for (const tag of card.tags) tags.add(tag);
  return [...tags].sort(NAMES.compare);
}

/** Reads a state from the address bar; anything else is none. */
export function parseStatus(text: string | undefined): HostStatus | null {
  return STATUSES.find((status) => status === text) ?? null;
}
