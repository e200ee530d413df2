import { fields, numberAt } from '../linux/fields';
import type { KernelFiles } from '../linux/kernel-files';

/** Bytes that went through a container's interfaces so far. */
export interface ContainerTraffic {
  readonly received: number;
  readonly sent: number;
}

/**
 * The traffic of the network that a process is in, from its `/proc/PID/net/dev`, without the loopback.
 *
 * @returns `null` when the process is gone, is not for this user to look at, or is in the agent's own network
 */
export function containerTraffic(files: KernelFiles, pid: string | null): ContainerTraffic | null {
  if (pid === null || !/^\d+$/.test(pid)) return null;
  const network = files.readProcLink(pid, 'ns/net');
  if (network === null || network === files.readProcLink('self/ns/net')) return null;
  const text = files.readProc(pid, 'net/dev');
  if (text === null) return null;
  let received = 0;
  let sent = 0;
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon === -1 || line.slice(0, colon).trim() === 'lo') continue;
    const counters = fields(line.slice(colon + 1));
    received += numberAt(counters, 0) ?? 0;
    sent += numberAt(counters, 8) ?? 0;
  }
  return { received, sent };
}
