import { availableParallelism, totalmem } from 'node:os';
import {
  PROCESS_LIMITS,
  toDisplayText,
  type AgentSettings,
  type Culprit,
  type ProcessState,
  type ProcessValues,
} from '@hostdeck/contracts';
import type { Systeminformation } from 'systeminformation';
import { isSelected } from '../collectors/options';
import { commandText, shorten } from './command-text';
import type {
  CulpritSource,
  HostProcesses,
  ProcessScanner,
  ScannedProcess,
} from './host-processes';
import { displayName } from './identities';
import { most } from './most';

/** What is asked of `systeminformation`. */
export interface ProcessInformation {
  processes(): Promise<Systeminformation.ProcessesData>;
}

const STATES: readonly ProcessState[] = ['running', 'sleeping', 'blocked', 'stopped', 'zombie'];
const MAX_USER = 64;

/** Processes of other systems than Linux, through `systeminformation`, which starts a program for each scan. */
export class PortableProcesses implements ProcessScanner, CulpritSource {
  readonly problem = null;
  readonly #information: ProcessInformation;
  readonly #settings: () => Pick<AgentSettings, 'processes' | 'commandLines'>;
  /** What turns the shares that are told into percent of one processor: macOS tells them so, Windows of all. */
  readonly #cpuFactor: number;
  /** Of the scan before, by pid. */
  #scanned = new Map<number, ScannedProcess>();

  constructor(
    information: ProcessInformation,
    settings: () => Pick<AgentSettings, 'processes' | 'commandLines'>,
  ) {
    this.#information = information;
    this.#settings = settings;
    this.#cpuFactor = process.platform === 'win32' ? availableParallelism() : 1;
  }

  async scan(): Promise<HostProcesses> {
    const at = Date.now();
    const { all, list } = await this.#information.processes();
    const settings = this.#settings();
    const shown = list
      .filter(({ name }) => isSelected(settings.processes, displayName(name), true))
      .sort((a, b) => b.cpu - a.cpu || b.memRss - a.memRss)
      .slice(0, PROCESS_LIMITS.rows);
    const scanned = new Map<number, ScannedProcess>();
    for (const process of shown)
      scanned.set(process.pid, this.#keep(this.#toScanned(process, settings)));
    this.#scanned = scanned;
    return {
      at,
      total: Math.max(all, list.length),
      memoryTotal: totalmem(),
      processes: [...scanned.values()],
    };
  }

  forget(): void {
    this.#scanned.clear();
  }

  async sample(): Promise<readonly Culprit[]> {
    const { list } = await this.#information.processes();
    const settings = this.#settings();
    const shown = list
      .filter(({ name }) => isSelected(settings.processes, displayName(name), true))
      .map((process) => this.#toScanned(process, settings));
    const { culprits } = PROCESS_LIMITS;
    const chosen = new Set([
      ...most(shown, culprits, ({ values: [, , cpu] }) => unlessZero(cpu)),
      ...most(shown, culprits, ({ values: [, , , memory] }) => unlessZero(memory)),
    ]);
    return [...chosen].map(({ identity, values: [, , cpu, memory] }): Culprit => {
      const { pid, started, name, user, command } = identity;
      const short = command === null ? null : shorten(command, PROCESS_LIMITS.culpritCommand);
      return [pid, started, name, user, short, cpu, memory];
    });
  }

  /** The same objects as in the scan before where nothing has changed. */
  #keep(process: ScannedProcess): ScannedProcess {
    const before = this.#scanned.get(process.identity.pid);
    if (before === undefined) return process;
    const identity = isEqual(before.identity, process.identity)
      ? before.identity
      : process.identity;
    const values = isEqual(before.values, process.values) ? before.values : process.values;
    return identity === before.identity && values === before.values ? before : { identity, values };
  }

  #toScanned(
    process: Systeminformation.ProcessesProcessData,
    { commandLines }: Pick<AgentSettings, 'commandLines'>,
  ): ScannedProcess {
    const started = Date.parse(process.started);
    const line = lineOf(process);
    const values: ProcessValues = [
      process.pid,
      STATES.find((state) => state === process.state) ?? 'other',
      known(process.cpu * this.#cpuFactor, 10),
      // Kibibytes.
      known(process.memRss * 1024, 1),
      null,
      null,
      null,
      null,
    ];
    return {
      identity: {
        pid: process.pid,
        started: Number.isNaN(started) ? 0 : started,
        ppid: Math.max(0, process.parentPid),
        name: displayName(process.name),
        user: process.user === '' ? null : toDisplayText(process.user.slice(0, MAX_USER)),
        command: line === '' ? null : commandText({ words: [line], isCut: false }, commandLines),
      },
      values,
    };
  }
}

function isEqual(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The whole command line: macOS tells it in parts, Windows as one. */
function lineOf({ path, command, params }: Systeminformation.ProcessesProcessData): string {
  return params === '' ? command : `${path === '' ? '' : `${path}/`}${command} ${params}`;
}

function unlessZero(value: number | null): number | null {
  return value === 0 ? null : value;
}

function known(value: number, steps: number): number | null {
  return Number.isFinite(value) && value >= 0 ? Math.round(value * steps) / steps : null;
}
