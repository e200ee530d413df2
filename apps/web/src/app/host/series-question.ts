import type { MetricId, SeriesAnswer } from '@hostdeck/contracts';
import { forkJoin, map, type Observable } from 'rxjs';
import type { HubApi, SeriesQuestion } from '../api/hub-api';

/** Metrics in one question at most, as the hub has it. */
const MOST_METRICS = 40;

/** Asks for the history of any number of metrics about one time. */
export function askSeries(
  api: HubApi,
  metrics: readonly MetricId[],
  question: Omit<SeriesQuestion, 'metrics'>,
): Observable<SeriesAnswer> {
  const count = Math.ceil(metrics.length / MOST_METRICS);
  const questions = Array.from({ length: count }, (_, part) =>
    api.series({
      ...question,
      metrics: metrics.slice(part * MOST_METRICS, (part + 1) * MOST_METRICS),
    }),
  );
  return forkJoin(questions).pipe(map(inOne));
}

/** Answers about the same time in one. Their steps follow from the time, so they are the same. */
function inOne(answers: readonly SeriesAnswer[]): SeriesAnswer {
  const [first] = answers;
  if (first === undefined) return { from: 0, to: 0, step: 0, series: [] };
  return { ...first, series: answers.flatMap(({ series }) => series) };
}
