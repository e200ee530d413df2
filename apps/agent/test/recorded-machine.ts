import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatSeriesKey, type MetricId } from '@hostdeck/contracts';
import type { Collector, SampleSink } from '../src/collectors/collector';
import { KernelFiles } from '../src/collectors/linux/kernel-files';
import { Programs } from '../src/collectors/programs/programs';

const FIXTURES = fileURLToPath(new URL('fixtures/', import.meta.url));

/** A tree of `/proc` and `/sys` that a test can change between two readings. */
export class RecordedMachine {
  readonly root = mkdtempSync(join(tmpdir(), 'hostdeck-machine-'));
  readonly files = new KernelFiles({ proc: join(this.root, 'proc'), sys: join(this.root, 'sys') });

  /** The recording `small-vm`: a virtual machine with two cores, a disk and an interface, at two times seven seconds apart. */
  static smallVm(): RecordedMachine {
    const machine = new RecordedMachine();
    machine.load('first');
    // AT_PAGESZ, 4096, and the end of the vector.
    const vector = new BigUint64Array([6n, 4096n, 0n, 0n]);
    mkdirSync(join(machine.root, 'proc/self'), { recursive: true });
    writeFileSync(join(machine.root, 'proc/self/auxv'), vector);
    return machine;
  }

  /** The programs of this machine: those that {@link writeProgram} put there. */
  readonly programs = new Programs([join(this.root, 'bin')]);

  /** A machine with these files, by their paths. */
  static of(files: Readonly<Record<string, string>>): RecordedMachine {
    const machine = new RecordedMachine();
    for (const [path, content] of Object.entries(files)) machine.write(path, content);
    return machine;
  }

  /** Puts a program in place, a script of `sh`. */
  writeProgram(name: string, script: string): void {
    this.write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.root, 'bin', name), 0o755);
  }

  /** Puts a link in place. */
  link(path: string, target: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    symlinkSync(target, join(this.root, path));
  }

  /** Puts the files of a moment of the recording in place. */
  load(moment: 'first' | 'second'): void {
    const recording = join(FIXTURES, 'small-vm', moment);
    for (const entry of readdirSync(recording, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      this.write(relative(recording, path), readFileSync(path, 'utf8'));
    }
  }

  /** Writes a file, into the same inode if there is one, as the kernel's files are. */
  write(path: string, content: string): void {
    const full = join(this.root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  dispose(): void {
    this.files.close();
    rmSync(this.root, { recursive: true });
  }
}

/** What a collector says in one reading, by series key. */
export interface Reading {
  readonly values: Readonly<Record<string, number | null>>;
  readonly warnings: readonly string[];
}

/** Has a collector read once. */
export async function read(collector: Collector, now: number): Promise<Reading> {
  const values: Record<string, number | null> = {};
  const warnings: string[] = [];
  const sink: SampleSink = {
    add(metric: MetricId, instance, value) {
      values[formatSeriesKey({ metric, instance })] = value;
    },
    warn: (problem) => warnings.push(problem),
  };
  await collector.collect(sink, now);
  return { values, warnings };
}
