import {
  formatSeriesKey,
  METRICS,
  parseSeriesKey,
  type MetricId,
  type Series,
} from '@hostdeck/contracts';

/** Where the values that a card shows stand in a frame; -1 where the host does not have them. */
export interface CardPlaces {
  readonly cpu: number;
  readonly memory: number;
  readonly memoryUsed: number;
  readonly receive: number;
  readonly transmit: number;
  readonly load: number;
  readonly uptime: number;
  readonly disks: readonly { readonly place: number; readonly mount: string }[];
}

/** A numbered list of series, shared by every host that has just these: what the values of a frame mean, in order. */
export interface SeriesLayout {
  readonly number: number;
  readonly keys: readonly string[];
  readonly series: readonly Series[];
  /** The step each series is stored with. */
  readonly resolutions: readonly number[];
  readonly card: CardPlaces;
}

/** Reads a list of series keys that was checked when it arrived. */
export function toLayout(number: number, keys: readonly string[]): SeriesLayout {
  const series = keys.map((key) => {
    const parsed = parseSeriesKey(key);
    if (parsed === null)
      throw new Error(
        `series key ${JSON.stringify(key)} of schema ${number} is not in the catalogue`,
      );
    return parsed;
  });
  const places = new Map(series.map((one, place) => [formatSeriesKey(one), place]));
  const placeOf = (metric: MetricId) => places.get(metric) ?? -1;
  return {
    number,
    keys,
    series,
    resolutions: series.map(({ metric }) => METRICS[metric].resolution),
    card: {
      cpu: placeOf('cpu.busy'),
      memory: placeOf('memory.used_share'),
      memoryUsed: placeOf('memory.used'),
      receive: placeOf('network.total.receive_bytes'),
      transmit: placeOf('network.total.transmit_bytes'),
      load: placeOf('load.1'),
      uptime: placeOf('uptime'),
      disks: series.flatMap(({ metric, instance }, place) =>
        metric === 'filesystem.used_share' && instance !== null ? [{ place, mount: instance }] : [],
      ),
    },
  };
}
