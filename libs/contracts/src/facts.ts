import { z } from 'zod';
import { displayText } from './text';

/** What a host is: read once at the start of the agent and again every ten minutes. `null` is unknown. */
export const HostFactsSchema = z.object({
  hostname: displayText(255),
  /** `linux`, `darwin`, `win32`, as Node names them. */
  platform: displayText(32),
  /** Name and version of the distribution, such as "Debian GNU/Linux 12". */
  os: displayText(200).nullable(),
  kernel: displayText(200).nullable(),
  architecture: displayText(32),
  cpuModel: displayText(200).nullable(),
  /** Logical processors. */
  cpuCount: z.number().int().positive().nullable(),
  /** Bytes. */
  memoryTotal: z.number().nonnegative().nullable(),
  /** Bytes. */
  swapTotal: z.number().nonnegative().nullable(),
  /** A value that changes with every boot. */
  bootId: displayText(64).nullable(),
  /** When the host was started, ms since the epoch. */
  bootedAt: z.number().nullable(),
  /** Vendor and product of the machine, or the hypervisor's. */
  model: displayText(200).nullable(),
  /** `none` on bare metal, else the kind of virtual machine or container. */
  virtualization: displayText(64).nullable(),
  agentVersion: displayText(32),
  /** When the agent was started, ms since the epoch; absent from agents that do not say it. */
  agentStartedAt: z.number().nullable().optional(),
});
export type HostFacts = z.infer<typeof HostFactsSchema>;
