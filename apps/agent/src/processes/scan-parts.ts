import type { ProcessScan } from '@hostdeck/contracts';
import type { HostProcesses, ScannedProcess } from './host-processes';

/** Generous size of one row of values as JSON, bytes: eight numbers. */
const VALUES_BYTES = 120;
const PID_BYTES = 20;
/** Of everything else in a message: the name of the event, the fields of the scan. */
const ENVELOPE_BYTES = 1_024;

/** What the hub was sent of processes, by pid. */
export type SentProcesses = ReadonlyMap<number, ScannedProcess>;

/** One message under construction. */
type Part = Pick<ProcessScan, 'appeared' | 'values' | 'gone'> & { bytes: number };

/**
 * A scan as messages that hold the difference from what was sent before, in parts of at most `messageBytes`. A process that has got
 * the pid of another one is not said to be gone: it takes the other's place.
 *
 * @param sent what the hub has; `null`: nothing, and this is a first scan
 */
export function scanParts(
  { at, total, memoryTotal, processes }: HostProcesses,
  sent: SentProcesses | null,
  messageBytes: number,
): ProcessScan[] {
  const most = messageBytes - ENVELOPE_BYTES;
  const parts: Part[] = [emptyPart()];
  const partFor = (bytes: number): Part => {
    let part = parts.at(-1);
    if (part === undefined || part.bytes + bytes > most) {
      part = emptyPart();
      parts.push(part);
    }
    part.bytes += bytes;
    return part;
  };
  const present = new Set(processes.map(({ identity }) => identity.pid));
  for (const pid of sent?.keys() ?? []) {
    if (!present.has(pid)) partFor(PID_BYTES).gone.push(pid);
  }
  for (const { identity, values } of processes) {
    const before = sent?.get(identity.pid);
    const isNew = before?.identity !== identity;
    if (!isNew && before.values === values) continue;
    const identityBytes = isNew ? Buffer.byteLength(JSON.stringify(identity)) + 1 : 0;
    const part = partFor(identityBytes + VALUES_BYTES);
    if (isNew) part.appeared.push(identity);
    part.values.push(values);
  }
  return parts.map(({ appeared, values, gone }, index) => ({
    at,
    first: sent === null && index === 0,
    last: index === parts.length - 1,
    total,
    memoryTotal,
    appeared,
    values,
    gone,
  }));
}

function emptyPart(): Part {
  return { appeared: [], values: [], gone: [], bytes: 0 };
}
