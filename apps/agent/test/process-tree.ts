import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentSettings } from '@hostdeck/contracts';
import { DEFAULT_SETTINGS } from '@hostdeck/contracts';
import { Logger } from '../src/log/logger';
import {
  linuxProcesses,
  type ProcessSources,
  type ProcessSourcesOptions,
} from '../src/processes/platform-processes';

/** When the machine was started, s since the epoch. */
export const BOOTED_AT = 1_700_000_000;
export const PAGE = 4096;

/** A process to be in the tree. */
export interface FakeProcess {
  readonly name?: string | Buffer;
  readonly state?: string;
  readonly ppid?: number;
  /** Ticks on a processor. */
  readonly cpu?: number;
  /** Ticks of children that have ended. */
  readonly children?: number;
  /** Ticks since boot. */
  readonly started?: number;
  readonly pages?: number;
  readonly command?: string | Buffer;
  readonly io?: string;
  readonly openFiles?: number;
}

/** A tree like `/proc` on a disk in memory, with the processes that a test wants there to be. */
export class ProcessTree {
  readonly root = mkdtempSync(
    join(process.platform === 'linux' ? '/dev/shm' : tmpdir(), 'hostdeck-proc-'),
  );
  settings: AgentSettings = DEFAULT_SETTINGS;
  readonly #logger = new Logger({ level: 'error', write: () => undefined });

  constructor() {
    // AT_PAGESZ, and the end of the vector.
    mkdirSync(join(this.root, 'self/fd'), { recursive: true });
    writeFileSync(join(this.root, 'self/auxv'), new BigUint64Array([6n, BigInt(PAGE), 0n, 0n]));
    writeFileSync(join(this.root, 'passwd'), 'root:x:0:0::/root:/bin/sh\n');
    this.pass({ uptime: 1_000, busy: 0 });
    this.set(1, { name: 'init' });
  }

  /** What reads it. */
  sources(
    options: ProcessSourcesOptions = { settings: () => this.settings, logger: this.#logger },
  ): ProcessSources {
    return linuxProcesses({ proc: this.root, passwd: join(this.root, 'passwd') }, options);
  }

  /** Sets the clocks. @param busy ticks that all processors have spent on processes */
  pass({ uptime, busy }: { readonly uptime: number; readonly busy: number }): void {
    writeFileSync(join(this.root, 'uptime'), `${uptime}.00 0.00\n`);
    writeFileSync(join(this.root, 'stat'), `cpu  ${busy} 0 0 9 9 9 9 0 0 0\nbtime ${BOOTED_AT}\n`);
  }

  /** Puts a process there, or changes it. */
  set(pid: number, given: FakeProcess): void {
    const folder = join(this.root, String(pid));
    mkdirSync(join(folder, 'fd'), { recursive: true });
    for (let file = 0; file < (given.openFiles ?? 0); file += 1) {
      writeFileSync(join(folder, 'fd', String(file)), '');
    }
    const { state = 'S', ppid = 1, cpu = 0, children = 0, started = 100, pages = 1 } = given;
    const behind =
      ` ${state} ${ppid} 0 0 0 -1 0 0 0 0 0 ${cpu} 0 ${children} 0 20 0 1 0 ${started} 1000 ${pages} ` +
      `18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n`;
    writeFileSync(
      join(folder, 'stat'),
      Buffer.concat([
        Buffer.from(`${pid} (`),
        Buffer.from(given.name ?? 'app'),
        Buffer.from(`)${behind}`),
      ]),
    );
    writeFileSync(join(folder, 'cmdline'), given.command ?? '');
    if (given.io !== undefined) writeFileSync(join(folder, 'io'), given.io);
  }

  remove(pid: number): void {
    this.vanish(pid, 'stat');
    rmSync(join(this.root, String(pid)), { recursive: true });
  }

  /** Takes a file of a process away, as when it ends while it is looked at: who has it open reads nothing any more. */
  vanish(pid: number, file: string): void {
    const path = join(this.root, String(pid), file);
    truncateSync(path);
    rmSync(path);
  }

  dispose(): void {
    rmSync(this.root, { recursive: true });
  }
}
