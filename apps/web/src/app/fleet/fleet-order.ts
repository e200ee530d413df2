import { LOCALE } from '../language/language';
import type { FleetHost } from './fleet-store';
import { EVERY_TAG, type FleetQuery, type SortKey } from './fleet-query';
import { severityRank } from './severity';

/** Hosts shown together, by their ids in order. */
export interface HostGroup {
  /** What they have in common; empty for those that lack it; `null` when the fleet is not grouped. */
  readonly label: string | null;
  readonly ids: readonly string[];
}

const NAMES = new Intl.Collator(LOCALE, { numeric: true, sensitivity: 'base' });

/** The hosts that a query lets through, sorted and grouped. */
export function arrangeFleet(hosts: Iterable<FleetHost>, query: FleetQuery): readonly HostGroup[] {
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = [...hosts].filter(({ card }) => {
    if (query.status !== null && card.status !== query.status) return false;
    if (!query.tags.every((tag) => card.tags.includes(tag))) return false;
    return words.every((word) => matches(card.name, card.tags, word));
  });
  const sorted = sortHosts(shown, query);
  if (query.group === null) return [{ label: null, ids: sorted.map(({ card }) => card.id) }];
  return groupHosts(sorted, query.group);
}

/** Every tag in use, sorted. */
export function tagsInUse(hosts: Iterable<FleetHost>): readonly string[] {
  const tags = new Set<string>();
  for (const { card } of hosts) for (const tag of card.tags) tags.add(tag);
  return [...tags].sort(NAMES.compare);
}

/** What tags begin with before a colon, sorted: `site` where there is `site:oslo`. */
export function tagKeys(tags: readonly string[]): readonly string[] {
  return [...new Set(tags.flatMap((tag) => tagParts(tag)?.key ?? []))].sort(NAMES.compare);
}

function matches(name: string, tags: readonly string[], word: string): boolean {
  return name.toLowerCase().includes(word) || tags.some((tag) => tag.toLowerCase().includes(word));
}

function sortHosts(hosts: readonly FleetHost[], { sort, descending }: FleetQuery): FleetHost[] {
  const turn = descending ? -1 : 1;
  const byName = (a: FleetHost, b: FleetHost) =>
    NAMES.compare(a.card.name, b.card.name) || (a.card.id < b.card.id ? -1 : 1);
  if (sort === 'name') return [...hosts].sort((a, b) => turn * byName(a, b));
  return hosts
    .map((host) => ({ host, value: sortValue(host, sort) }))
    .sort((a, b) => {
      if (a.value === b.value) return byName(a.host, b.host);
      // What is not known comes last, whichever way the rest is turned.
      if (a.value === null) return 1;
      if (b.value === null) return -1;
      return turn * (a.value - b.value);
    })
    .map(({ host }) => host);
}

function sortValue({ card, severity }: FleetHost, sort: Exclude<SortKey, 'name'>): number | null {
  switch (sort) {
    case 'state':
      return severityRank(severity);
    case 'disk':
      return card.values.disk?.share ?? null;
    case 'age':
      // The oldest data first is the earliest time first.
      return card.lastSeen === null ? null : -card.lastSeen;
    case 'clock':
      return card.clockOffset === null ? null : Math.abs(card.clockOffset);
    case 'cpu':
    case 'memory':
    case 'receive':
    case 'transmit':
    case 'load':
    case 'uptime':
      return card.values[sort];
  }
}

function groupHosts(hosts: readonly FleetHost[], group: string): readonly HostGroup[] {
  const groups = new Map<string, string[]>();
  for (const { card } of hosts) {
    const labels = group === EVERY_TAG ? card.tags : valuesOf(card.tags, group);
    for (const label of labels.length === 0 ? [''] : labels) {
      const ids = groups.get(label);
      if (ids === undefined) groups.set(label, [card.id]);
      else ids.push(card.id);
    }
  }
  return [...groups]
    .map(([label, ids]) => ({ label, ids }))
    .sort(
      (a, b) => Number(a.label === '') - Number(b.label === '') || NAMES.compare(a.label, b.label),
    );
}

function valuesOf(tags: readonly string[], key: string): readonly string[] {
  return tags.flatMap((tag) => {
    const parts = tagParts(tag);
    return parts?.key === key ? parts.value : [];
  });
}

function tagParts(tag: string): { key: string; value: string } | null {
  const colon = tag.indexOf(':');
  return colon <= 0 ? null : { key: tag.slice(0, colon), value: tag.slice(colon + 1) };
}
