import { setTimeout as delay } from 'node:timers/promises';
import { parseSeriesKey } from '@hostdeck/contracts';
import { AgentSelfCollector } from '../collectors/agent-self';
import { platformCollectors } from '../collectors/platform-collectors';
import type { Configuration } from '../config/configuration';
import type { Logger } from '../log/logger';
import { Sampler, type SampledFrame } from '../sampler/sampler';
import type { Terminal } from './terminal';

/** Time between the two readings that rates need, ms. */
const SPAN = 1_000;

/** A frame as people read it: values by metric, and by instance where there are any. */
function toJson({ time, schema, values }: SampledFrame): { time: number; values: unknown } {
  const byMetric = new Map<string, number | null>();
  const byInstance = new Map<string, [string, number | null][]>();
  schema.series.forEach((key, index) => {
    const series = parseSeriesKey(key);
    if (series === null) return;
    const value = values[index] ?? null;
    if (series.instance === null) {
      byMetric.set(series.metric, value);
      return;
    }
    const instances = byInstance.get(series.metric) ?? [];
    instances.push([series.instance, value]);
    byInstance.set(series.metric, instances);
  });
  return {
    time,
    values: Object.fromEntries([
      ...byMetric,
      ...[...byInstance].map(([metric, instances]) => [metric, Object.fromEntries(instances)]),
    ]),
  };
}

/** `hostdeck-agent sample`: reads twice, a second apart, and prints the second frame. */
export async function sampleCommand(
  { textfileDir }: Configuration,
  logger: Logger,
  terminal: Terminal,
): Promise<number> {
  const collectors = await platformCollectors({ platform: process.platform, textfileDir });
  const sampler = new Sampler([...collectors, new AgentSelfCollector(() => 0)], logger);
  await sampler.sample(SPAN);
  await delay(SPAN);
  const frame = await sampler.sample(SPAN);
  terminal.out(`${JSON.stringify(toJson(frame), null, 2)}\n`);
  return 0;
}
