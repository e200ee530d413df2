import { setTimeout as delay } from 'node:timers/promises';
import type { Configuration } from '../config/configuration';
import type { Logger } from '../log/logger';
import type { ScannedProcess } from '../processes/host-processes';
import { platformProcesses } from '../processes/platform-processes';
import { SettingsKeeper } from '../settings/settings-keeper';
import type { Terminal } from './terminal';

/** Time between the two scans that shares of processors need, ms. */
const SPAN = 1_000;
const MIB = 1024 * 1024;

/** `hostdeck-agent processes`: scans twice, a second apart, and prints those that use most, as a hub would get them. */
export async function processesCommand(
  { limit, json }: { readonly limit: number; readonly json: boolean },
  options: {
    readonly configuration: Configuration;
    readonly logger: Logger;
    readonly terminal: Terminal;
  },
): Promise<number> {
  const { configuration, logger, terminal } = options;
  const { stateDir, interval } = configuration;
  const settings = new SettingsKeeper({ stateDir, configured: interval, logger });
  const { scanner } = await platformProcesses(process.platform, {
    settings: () => settings.current,
    logger,
  });
  await scanner.scan();
  await delay(SPAN);
  const { at, total, processes } = await scanner.scan();
  const most = [...processes]
    .sort((a, b) => compare(cpuOf(a), cpuOf(b)) || compare(memoryOf(a), memoryOf(b)))
    .slice(0, limit);
  if (json) {
    terminal.out(`${JSON.stringify({ at, total, processes: most }, null, 2)}\n`);
  } else {
    terminal.out(`${most.length} of ${total} processes\n`);
    terminal.out(
      ['    pid  user         cpu %      MiB  state     command\n', ...most.map(toLine)].join(''),
    );
  }
  return 0;
}

function cpuOf({ values: [, , cpu] }: ScannedProcess): number {
  return cpu ?? 0;
}

function memoryOf({ values: [, , , memory] }: ScannedProcess): number {
  return memory ?? 0;
}

/** Greatest first. */
function compare(one: number, other: number): number {
  return other - one;
}

function toLine({ identity, values: [pid, state, cpu, memory] }: ScannedProcess): string {
  const { user, name, command } = identity;
  const cells = [
    String(pid).padStart(7),
    (user ?? '?').slice(0, 10).padEnd(10),
    (cpu === null ? '?' : cpu.toFixed(1)).padStart(7),
    (memory === null ? '?' : (memory / MIB).toFixed(1)).padStart(8),
    state.padEnd(8),
    command ?? `[${name}]`,
  ];
  return `${cells.join('  ')}\n`;
}
