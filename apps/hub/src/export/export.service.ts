import {
  METRIC_IDS,
  METRICS,
  parseSeriesKey,
  type ExportQuery,
  type MetricId,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../config/tokens';
import { HistoryStore, type Column, type Wanted } from '../history/history-store';
import { meanOf, resolutionOf } from '../history/steps';
import { CsvTable } from './csv-table';
import type { ExportLines, LineOptions, NamedHost } from './export-lines';
import { JsonLines } from './json-lines';
import { rowsOf } from './rows';

/** Without `from`: this long before `to`. */
const DEFAULT_SPAN = 86_400_000;
/** Text handed on at once, in characters: enough for the network, little for the memory. */
const CHUNK = 64 * 1024;

/** A host whose history is exported. */
export interface ExportedHost extends NamedHost {
  readonly key: number;
}

/** An export that is ready to be sent. */
export interface Export {
  /** Start of the span, ms since the epoch. */
  readonly from: number;
  readonly mediaType: string;
  /** Read and made as it is taken; a failure on the way is thrown from here. */
  readonly text: AsyncGenerator<string, void>;
}

interface Reading {
  readonly hosts: readonly ExportedHost[];
  readonly from: number;
  readonly to: number;
  readonly leastStep: number;
  readonly wanted: Wanted;
  readonly isOver: () => boolean;
}

/** One stretch of one host's history. */
interface Stretch {
  readonly host: ExportedHost;
  readonly columns: ReadonlyMap<string, Column>;
}

/**
 * Writes history as text, host after host and stretch after stretch, so that any span of any number of hosts takes the memory of one
 * stretch: every frame while it is kept, else the means of the finest tier, or means of the step asked for.
 */
@Injectable()
export class ExportService {
  constructor(
    @Inject(HistoryStore) private readonly store: HistoryStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * Prepares an export; the columns of a table are looked for first, as they stand in its first line.
   *
   * @param isOver whether nobody waits for it any more; it ends at the next stretch then
   */
  async open(
    hosts: readonly ExportedHost[],
    query: ExportQuery,
    options: LineOptions,
    isOver: () => boolean = () => false,
  ): Promise<Export> {
    const to = query.to ?? Math.max(this.now(), (query.from ?? 0) + 1);
    const from = query.from ?? Math.max(0, to - DEFAULT_SPAN);
    const metrics = new Set(query.metric ?? METRIC_IDS);
    const reading: Reading = {
      hosts,
      from,
      to,
      leastStep: query.step ?? 0,
      wanted: (key) => {
        const series = parseSeriesKey(key);
        return series !== null && metrics.has(series.metric);
      },
      isOver,
    };
    const lines =
      query.format === 'csv'
        ? new CsvTable(await this.columnsOf(reading, query.metric), options)
        : new JsonLines(options);
    return { from, mediaType: lines.mediaType, text: this.write(reading, lines) };
  }

  private async *write(reading: Reading, lines: ExportLines): AsyncGenerator<string, void> {
    let text = lines.header;
    for await (const { host, columns } of this.stretches(reading)) {
      const keys = lines.keys(columns.keys());
      for (const row of rowsOf(keys.map((key) => columns.get(key)))) {
        text += lines.line(host, row, keys);
        if (text.length < CHUNK) continue;
        yield text;
        text = '';
      }
    }
    if (text !== '') yield text;
  }

  /** Keys of the series that the table has, in the order of the catalogue, then of their instances. */
  private async columnsOf(
    reading: Reading,
    asked: readonly MetricId[] | undefined,
  ): Promise<string[]> {
    const keys = new Set<string>();
    if (asked?.every((metric) => METRICS[metric].instance === null) === true) {
      // These are columns whether or not a host has them: nothing is to be looked for.
      for (const metric of asked) keys.add(metric);
    } else {
      const note: Wanted = (key) => {
        if (reading.wanted(key)) keys.add(key);
        return false;
      };
      const looking = this.stretches({ ...reading, wanted: note });
      while ((await looking.next()).done !== true);
    }
    return [...keys].sort(byCatalogue(asked ?? METRIC_IDS));
  }

  private async *stretches(reading: Reading): AsyncGenerator<Stretch, void> {
    const { hosts, from, to, leastStep, wanted, isOver } = reading;
    for (const host of hosts) {
      let at = from;
      while (at < to && !isOver()) {
        const { step, end } = this.store.pieceAt(at, this.now(), leastStep);
        const span = { host: host.key, from: at, to: Math.min(end, to) };
        const columns =
          step === 0
            ? await this.store.columns(span, wanted)
            : await this.means(span, step, wanted);
        yield { host, columns };
        at = end;
      }
    }
  }

  private async means(
    span: { readonly host: number; readonly from: number; readonly to: number },
    step: number,
    wanted: Wanted,
  ): Promise<Map<string, Column>> {
    const columns = new Map<string, Column>();
    for (const [key, buckets] of await this.store.buckets(span, step, wanted)) {
      const resolution = resolutionOf(key);
      const ordered = [...buckets.values()].sort((first, second) => first.start - second.start);
      columns.set(key, {
        times: ordered.map(({ start }) => start),
        values: ordered.map((bucket) => meanOf(bucket, resolution)),
      });
    }
    return columns;
  }
}

function byCatalogue(metrics: readonly MetricId[]): (first: string, second: string) => number {
  const places = new Map(metrics.map((metric, place) => [metric, place]));
  const placeOf = (key: string) => {
    const series = parseSeriesKey(key);
    return series === null ? metrics.length : (places.get(series.metric) ?? metrics.length);
  };
  return (first, second) =>
    placeOf(first) - placeOf(second) || first.localeCompare(second, 'en', { numeric: true });
}
