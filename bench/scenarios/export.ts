import { performance } from 'node:perf_hooks';
import { SimulatedAgent } from '@hostdeck/simulated-agent';
import { HubClient } from '../hub-client';
import { MemoryWatch } from '../memory-watch';
import { JOIN_TOKEN, startHub } from '../programs';
import type { Figure, Report } from '../report';
import { StoredHistory } from '../stored-history';

export const EXPORT_DEFAULTS = { hours: 24, series: 80 } as const;
export type ExportOptions = { readonly [Name in keyof typeof EXPORT_DEFAULTS]: number };

const INTERVAL = 2_000;
const HOUR = 3_600_000;

/** A host's history as a file: how long it takes, how large it is, and what the hub's memory does meanwhile. */
export async function measureExport({ hours, series }: ExportOptions): Promise<Report> {
  const hub = await startHub({
    environment: { HOSTDECK_RETENTION_RAW: `${String(Math.ceil(hours) + 24)}h` },
  });
  const frames = Math.round((hours * HOUR) / INTERVAL);
  const agent = await SimulatedAgent.join(
    { url: hub.url, joinToken: JOIN_TOKEN },
    { name: 'exported', series, backlog: frames },
  );
  try {
    const history = await StoredHistory.open(hub);
    await history.settled();
    await history.close();
    const client = await HubClient.signIn(hub);
    const to = Date.now();
    const figures: Figure[] = [];
    let lines = 0;
    for (const format of ['csv', 'json'] as const) {
      const memory = new MemoryWatch(hub.pid);
      const before = memory.most;
      const startedAt = performance.now();
      const file = await client.export(agent.id, {
        format,
        from: String(to - hours * HOUR - HOUR),
        to: String(to),
      });
      const took = performance.now() - startedAt;
      memory.stop();
      // The first line of a table names its columns.
      lines += file.lines - (format === 'csv' ? 1 : 0);
      figures.push(
        { name: `${format}: time`, value: took / 1000, unit: 's' },
        { name: `${format}: size`, value: file.bytes / 1e6, unit: 'MB' },
        { name: `${format}: hub memory (RSS) before`, value: before / 1e6, unit: 'MB' },
        { name: `${format}: hub memory (RSS), most`, value: memory.most / 1e6, unit: 'MB' },
        {
          name: `${format}: growth in its second half`,
          value: memory.growth / 1e6,
          unit: 'MB/min',
        },
      );
    }
    return {
      scenario: 'export',
      conditions: { span: `${String(hours)} h`, series, interval: '2 s' },
      figures,
      correct: lines === 2 * frames,
    };
  } finally {
    agent.close();
    await hub.stop();
  }
}
