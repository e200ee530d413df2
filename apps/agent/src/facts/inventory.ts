import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const InventorySchema = z.object({
  os: z.string().nullable(),
  cpuModel: z.string().nullable(),
  model: z.string().nullable(),
  virtualization: z.string().nullable(),
});
/** What a machine is made of, as far as finding it out may need other programs. */
export type Inventory = z.infer<typeof InventorySchema>;

/** Longest that finding it out may take, ms: on some systems it starts a dozen programs. */
const DEADLINE = 30_000;

/**
 * Finds out the inventory with `systeminformation`, which works on every system but is large: it is only loaded here, and the daemon
 * has this done in a process of its own ({@link runInventory}).
 */
export async function readInventory(): Promise<Inventory> {
  const { cpu, osInfo, system } = await import('systeminformation');
  const [processor, os, machine] = await Promise.all([cpu(), osInfo(), system()]);
  return {
    os: words(os.distro, os.release),
    cpuModel: words(processor.manufacturer, processor.brand),
    model: words(machine.manufacturer, machine.model),
    virtualization: machine.virtual
      ? (words(machine.virtualHost ?? '')?.toLowerCase() ?? null)
      : 'none',
  };
}

/** Words that say something, in a row; `null` when none does. */
function words(...parts: readonly string[]): string | null {
  const said = parts
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^(unknown|-|default string)$/i.test(part));
  return said.length === 0 ? null : [...new Set(said)].join(' ');
}

/**
 * Has a short-lived process of this program find out the inventory, so that what it needs is given back to the system.
 *
 * @param program path of this program's bundle
 */
export async function runInventory(program: string): Promise<Inventory> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'inventory'], {
    timeout: DEADLINE,
    maxBuffer: 64 * 1024,
  });
  return InventorySchema.parse(JSON.parse(stdout));
}
