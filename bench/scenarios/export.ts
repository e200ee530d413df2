import { performance } from 'node:perf_hooks';
import { SimulatedAgent } from '@hostdeck/simulated-agent';
import { HubClient } from '../hub-client';
import { MemoryWatch } from '../memory-watch';
import { JOIN_TOKEN, startHub } from '../programs';
import { sayProgress } from '../progress';
import { residentMemory } from '../process-usage';
import type { Figure, Report } from '../report';
import { StoredHistory } from '../stored-history';

export const EXPORT_DEFAULTS = { hours: 24, series: 80, rounds: 4 } as const;
export type ExportOptions = { readonly [Name in keyof typeof EXPORT_DEFAULTS]: number };

const INTERVAL = 2_000;
const HOUR = 3_600_000;

/**
 * A host's history as a file, again and again: how long it takes, how large it is, and what the hub's memory does meanwhile. The heap
 * grows to what one export needs and stays there, so that the last round is to be compared with the ones before, not with the start.
 */
export async function measureExport({ hours, series, rounds }: ExportOptions): Promise<Report> {
  const hub = await startHub({
    environment: { HOSTDECK_RETENTION_RAW: `${String(Math.ceil(hours) + 24)}h` },
  });
  const frames = Math.round((hours * HOUR) / INTERVAL);
  sayProgress('a host delivers what is to be exported');
  const agent = await SimulatedAgent.join(
    { url: hub.url, joinToken: JOIN_TOKEN },
    { name: 'exported', series, backlog: frames },
  );
  try {
    sayProgress('it is sealed; a backlog waits a minute for its rest');
    const history = await StoredHistory.open(hub);
    await history.settled();
    await history.close();
    const client = await HubClient.signIn(hub);
    const to = Date.now();
    const figures: Figure[] = [];
    let lines = 0;
    const formats = ['csv', 'json'] as const;
    figures.push({
      name: 'before: hub memory (RSS)',
      value: residentMemory(hub.pid) / 1e6,
      unit: 'MB',
    });
    sayProgress('exporting');
    for (let round = 1; round <= rounds; round += 1) {
      for (const format of formats) {
        const memory = new MemoryWatch(hub.pid);
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
        if (round === 1) {
          figures.push(
            { name: `${format}: time`, value: took / 1000, unit: 's' },
            { name: `${format}: size`, value: file.bytes / 1e6, unit: 'MB' },
          );
        }
        figures.push({
          name: `${format}, round ${String(round)}: hub memory (RSS), most`,
          value: memory.most / 1e6,
          unit: 'MB',
        });
      }
    }
    return {
      scenario: 'export',
      conditions: { span: `${String(hours)} h`, series, interval: '2 s' },
      figures,
      correct: lines === formats.length * rounds * frames,
    };
  } finally {
    agent.close();
    await hub.stop();
  }
}
