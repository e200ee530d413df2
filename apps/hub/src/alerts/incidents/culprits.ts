import {
  METRICS,
  parseSeriesKey,
  type CulpritRow,
  type IncidentCulprit,
} from '@hostdeck/contracts';
import type { Host } from '../../hosts/host';
import type { CulpritSource } from '../../processes/culprits.service';
import type { IncidentAlert } from './incident';

/** A message waits no longer for culprits, ms: they are a help, the message is what counts. */
const PATIENCE = 300;
/** Culprits kept with an incident. */
const MOST = 5;

/** The processes that used most when an alert fired, of what it is about; what takes too long is not waited for. */
export async function culpritsOf(
  { series, startedAt }: IncidentAlert,
  host: Host,
  source: CulpritSource,
): Promise<IncidentCulprit[]> {
  const time = startedAt + (host.clockOffset ?? 0);
  const rows = await withinPatience(source.at(host.id, time));
  const metric = parseSeriesKey(series)?.metric;
  const isMemory = metric !== undefined && ['memory', 'swap'].includes(METRICS[metric].group);
  const used = (row: CulpritRow) => (isMemory ? row.memory : row.cpu) ?? 0;
  return [...rows]
    .sort((one, other) => used(other) - used(one))
    .slice(0, MOST)
    .map(({ pid, name, user, cpu, memory }) => ({ hostId: host.id, pid, name, user, cpu, memory }));
}

function withinPatience(asked: Promise<readonly CulpritRow[]>): Promise<readonly CulpritRow[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve([]), PATIENCE);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
