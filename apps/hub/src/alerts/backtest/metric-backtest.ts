import { METRICS, parseSeriesKey, type Firing } from '@hostdeck/contracts';
import type { Column, HistoryStore, Wanted } from '../../history/history-store';
import type { Bucket } from '../../history/rollup';
import { fromSteps, meanOf } from '../../history/steps';
import type { Host } from '../../hosts/host';
import { judgeOf, type Judge, type MetricCondition } from '../evaluation/judges';
import { gapOf } from '../evaluation/machine';
import { matches } from '../evaluation/plan';
import type { EffectiveRule } from '../rules/effective-rule';
import { FiringRecorder } from './firing-recorder';

/** A rule on one host over a time. */
export interface MetricQuestion {
  readonly host: Pick<Host, 'key' | 'interval'>;
  readonly rule: EffectiveRule;
  readonly condition: MetricCondition;
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

interface Runner {
  readonly judge: Judge;
  readonly recorder: FiringRecorder;
}

/** What would have fired, and the longest step of the values it was found in. */
export interface Found {
  readonly firings: Firing[];
  readonly step: number;
}

/** Series of which every host has one: they tell that a frame was there, where a value is missed. */
const WITNESSES = ['uptime', 'cpu.busy', 'agent.memory'];
const ABSENT = 'absent';

/**
 * Runs a rule over the history with the judges that the live engine uses: over every frame where there still are frames, else over rollups,
 * of each step the worst value.
 */
export async function backtestMetric(
  store: HistoryStore,
  question: MetricQuestion,
): Promise<Found> {
  const { host, condition, rule, now, to } = question;
  const runners = new Map<string, Runner>();
  const isBelow =
    condition.kind === 'below' || ('direction' in condition && condition.direction === 'below');
  const runnerOf = (series: string): Runner => {
    let runner = runners.get(series);
    if (runner === undefined) {
      const recorder = new FiringRecorder(rule, series, (value, than) =>
        isBelow ? value < than : value > than,
      );
      runner = { judge: judgeOf(condition), recorder };
      runners.set(series, runner);
    }
    return runner;
  };
  const wanted: Wanted = (key) => {
    const series = parseSeriesKey(key);
    if (series === null) return false;
    return matches(condition, series) || (condition.kind === ABSENT && WITNESSES.includes(key));
  };
  let longestStep = 0;
  let at = Math.max(0, question.from - ('window' in condition ? condition.window : 0));
  while (at < to) {
    const { step, end } = store.pieceAt(at, now, 0);
    const span = { host: host.key, from: at, to: Math.min(end, to) };
    const columns =
      step === 0
        ? await store.columns(span, wanted)
        : worstColumns(await store.buckets(span, step, wanted), condition);
    const gap = Math.max(gapOf(host.interval), 2 * step);
    const own = condition.kind === ABSENT ? absentColumn(columns, condition) : columns;
    for (const [series, column] of own) run(runnerOf(series), column, gap);
    if (own.size > 0) longestStep = Math.max(longestStep, step);
    at = end;
  }
  const firings = [...runners.values()].flatMap(({ recorder }) => recorder.firings);
  return { firings: firings.filter((one) => (one.to ?? to) > question.from), step: longestStep };
}

function run({ judge, recorder }: Runner, { times, values }: Column, gap: number): void {
  times.forEach((at, index) => {
    const value = values[index] ?? null;
    const signal = judge.judge(value, at);
    recorder.take({ signal, at, value: judge.measure(value) }, gap);
  });
}

/** Of each bucket the value that hurts; of a condition about changes the least and the greatest. */
function worstColumns(
  series: ReadonlyMap<string, ReadonlyMap<number, Bucket>>,
  condition: MetricCondition,
): Map<string, Column> {
  const columns = new Map<string, Column>();
  for (const [key, buckets] of series) {
    const times: number[] = [];
    const values: (number | null)[] = [];
    for (const bucket of [...buckets.values()].sort((one, other) => one.start - other.start)) {
      for (const value of worstValues(bucket, key, condition)) {
        times.push(bucket.start);
        values.push(value);
      }
    }
    columns.set(key, { times, values });
  }
  return columns;
}

function worstValues(
  bucket: Bucket,
  key: string,
  { kind }: MetricCondition,
): readonly (number | null)[] {
  const series = parseSeriesKey(key);
  if (series === null || bucket.count === 0) return [null];
  const { resolution } = METRICS[series.metric];
  const least = fromSteps(bucket.min, resolution);
  const greatest = fromSteps(bucket.max, resolution);
  switch (kind) {
    case 'above':
      return [greatest];
    case 'below':
      return [least];
    case 'changed':
      return [least, greatest];
    case 'absent':
    case 'rate':
    case 'predicted':
      return [meanOf(bucket, resolution)];
  }
}

/** For every frame the first known value of the condition's series; the name is the metric's. */
function absentColumn(
  columns: ReadonlyMap<string, Column>,
  condition: MetricCondition,
): Map<string, Column> {
  const known = new Map<number, number | null>();
  for (const [key, { times, values }] of columns) {
    const series = parseSeriesKey(key);
    const isMissed = series !== null && matches(condition, series);
    times.forEach((at, index) => {
      const value = isMissed ? (values[index] ?? null) : null;
      known.set(at, known.get(at) ?? value);
    });
  }
  const ordered = [...known].sort(([one], [other]) => one - other);
  const column = {
    times: ordered.map(([at]) => at),
    values: ordered.map(([, value]) => value),
  };
  return new Map<string, Column>(ordered.length === 0 ? [] : [[condition.metric, column]]);
}
