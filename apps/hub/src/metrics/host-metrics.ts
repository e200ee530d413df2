import { setImmediate } from 'node:timers/promises';
import { METRIC_IDS, METRICS, type MetricId } from '@hostdeck/contracts';
import type { Host, HostFrame } from '../hosts/host';
import type { SeriesLayout } from '../schemas/layout';
import { escapeLabel, format, formatValue, header } from './exposition';

/** Where a metric's values stand in a frame, with the end of the line's labels. */
interface Place {
  readonly place: number;
  readonly labels: string;
}

type PlacesByMetric = ReadonlyMap<MetricId, readonly Place[]>;

/** A host with the name it has in labels: its own, made unique where a host that joined earlier has the same. */
interface NamedHost {
  readonly host: Host;
  readonly label: string;
}

/** Digits of its id that a host's label gets when its name is taken. */
const ID_DIGITS = 8;

/** The newest values of every host. */
export class HostMetrics {
  /** Hosts of one kind share their layout. */
  private readonly places = new WeakMap<SeriesLayout, PlacesByMetric>();

  /** Family by family, and between them the hub does other things: for a large fleet all of it is many megabytes. */
  async *write(hosts: Iterable<Host>, now: number): AsyncGenerator<string> {
    const named = withLabels(hosts);
    yield stateOf(named, now);
    const known = named.flatMap(({ host: { status, newest }, label }) =>
      // What a host was before it went down is not its latest value: scrapers are to see a gap.
      newest === null || status === 'down'
        ? []
        : [{ label: escapeLabel(label), newest, places: this.placesOf(newest.layout) }],
    );
    for (const id of METRIC_IDS) {
      const lines = known.map((host) => linesOf(id, host)).join('');
      if (lines === '') continue;
      const { label, unit } = METRICS[id];
      const help = `${label}, ${unit.replaceAll('_', ' ')}`;
      yield header({ name: nameOf(id), type: 'gauge', help }) + lines;
      await setImmediate();
    }
  }

  private placesOf(layout: SeriesLayout): PlacesByMetric {
    const known = this.places.get(layout);
    if (known !== undefined) return known;
    const places = new Map<MetricId, Place[]>();
    layout.series.forEach(({ metric, instance }, place) => {
      const labels = instance === null ? '' : `,instance="${escapeLabel(instance)}"`;
      const ofMetric = places.get(metric) ?? [];
      ofMetric.push({ place, labels });
      places.set(metric, ofMetric);
    });
    this.places.set(layout, places);
    return places;
  }
}

function nameOf(id: MetricId): string {
  return `hostdeck_${id.replaceAll('.', '_')}`;
}

function linesOf(
  id: MetricId,
  {
    label,
    newest: { values },
    places,
  }: {
    readonly label: string;
    readonly newest: HostFrame;
    readonly places: PlacesByMetric;
  },
): string {
  let lines = '';
  for (const { place, labels } of places.get(id) ?? []) {
    const value = values[place] ?? null;
    if (value !== null) lines += `${nameOf(id)}{host="${label}"${labels}} ${formatValue(value)}\n`;
  }
  return lines;
}

function withLabels(hosts: Iterable<Host>): NamedHost[] {
  const taken = new Set<string>();
  return Array.from(hosts, (host) => {
    const label = taken.has(host.name) ? `${host.name} ${host.id.slice(0, ID_DIGITS)}` : host.name;
    taken.add(label);
    return { host, label };
  });
}

function stateOf(hosts: readonly NamedHost[], now: number): string {
  const samples = (valueOf: (host: Host) => number | null) =>
    hosts.flatMap(({ host, label }) => {
      const value = valueOf(host);
      return value === null ? [] : [{ labels: { host: label }, value }];
    });
  return [
    format(
      { name: 'hostdeck_host_info', type: 'gauge', help: 'A host and its id' },
      hosts.map(({ host, label }) => ({ labels: { host: label, id: host.id }, value: 1 })),
    ),
    format(
      { name: 'hostdeck_host_up', type: 'gauge', help: 'Whether the host is live' },
      samples(({ status }) => (status === 'live' ? 1 : 0)),
    ),
    format(
      { name: 'hostdeck_host_data_age_seconds', type: 'gauge', help: 'Age of the newest data' },
      samples(({ lastSeen }) => (lastSeen === null ? null : Math.max(0, now - lastSeen) / 1_000)),
    ),
    format(
      {
        name: 'hostdeck_host_clock_offset_seconds',
        type: 'gauge',
        help: "The host's clock minus the hub's",
      },
      samples(({ clockOffset }) => (clockOffset === null ? null : clockOffset / 1_000)),
    ),
  ].join('');
}
