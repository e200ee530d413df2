import type { CardValues, HostCard, HostSummary } from '@hostdeck/contracts';
import type { SeriesLayout } from '../schemas/layout';
import type { Host } from './host';

type Values = readonly (number | null)[];

function at(values: Values, place: number): number | null {
  return place === -1 ? null : (values[place] ?? null);
}

function fullest(values: Values, { card }: SeriesLayout): CardValues['disk'] {
  let found: CardValues['disk'] = null;
  for (const { place, mount } of card.disks) {
    const share = at(values, place);
    if (share !== null && (found === null || share > found.share)) found = { mount, share };
  }
  return found;
}

/** What a card shows of one frame. */
export function toCardValues(values: Values, layout: SeriesLayout): CardValues {
  const { card } = layout;
  return {
    cpu: at(values, card.cpu),
    memory: at(values, card.memory),
    memoryUsed: at(values, card.memoryUsed),
    disk: fullest(values, layout),
    receive: at(values, card.receive),
    transmit: at(values, card.transmit),
    load: at(values, card.load),
    uptime: at(values, card.uptime),
  };
}

const UNKNOWN: CardValues = {
  cpu: null,
  memory: null,
  memoryUsed: null,
  disk: null,
  receive: null,
  transmit: null,
  load: null,
  uptime: null,
};

/** A host as the fleet page shows it. */
export function toCard(host: Host): HostCard {
  const { newest } = host;
  return {
    id: host.id,
    name: host.name,
    status: host.status,
    tags: host.tags,
    lastSeen: host.lastSeen,
    clockOffset: host.clockOffset,
    interval: host.interval,
    backlog: host.backlog,
    sampledAt: newest?.at ?? null,
    values: newest === null ? UNKNOWN : toCardValues(newest.values, newest.layout),
    ...(host.alerts === null ? {} : { alerts: host.alerts }),
  };
}

function toLatest(host: Host): HostSummary['latest'] {
  // Instances are named by hosts: no prototype to reach, whatever they are called.
  const latest: HostSummary['latest'] = {};
  const { newest } = host;
  if (newest === null) return latest;
  newest.layout.series.forEach(({ metric, instance }, place) => {
    const value = newest.values[place] ?? null;
    if (instance === null) {
      latest[metric] = value;
      return;
    }
    const known = latest[metric];
    const instances: Record<string, number | null> =
      typeof known === 'object' && known !== null
        ? known
        : (Object.create(null) as Record<string, number | null>);
    instances[instance] = value;
    latest[metric] = instances;
  });
  return latest;
}

/** A host as lists and the host page show it. */
export function toSummary(host: Host, now: number): HostSummary {
  return {
    id: host.id,
    name: host.name,
    status: host.status,
    tags: [...host.tags],
    facts: host.facts,
    lastSeen: host.lastSeen,
    dataAge: host.lastSeen === null ? null : Math.max(0, now - host.lastSeen),
    clockOffset: host.clockOffset,
    interval: host.interval,
    backlog: host.backlog,
    latest: toLatest(host),
    report: host.report,
  };
}
