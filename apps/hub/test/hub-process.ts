import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const WORKSPACE = fileURLToPath(new URL('../../..', import.meta.url));

/** The hub as a program, built from the sources as they are now. */
export interface Program {
  readonly path: string;
  remove(): Promise<void>;
}

/** Builds it inside the workspace: its packages are found from there. */
export async function buildHub(entry = 'apps/hub/src/main.ts'): Promise<Program> {
  const dist = join(WORKSPACE, 'dist');
  await mkdir(dist, { recursive: true });
  const folder = await mkdtemp(join(dist, 'hub-test-'));
  const path = join(folder, 'hub', 'main.mjs');
  await build({
    entryPoints: [join(WORKSPACE, entry)],
    outfile: path,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    packages: 'external',
    alias: { '@hostdeck/contracts': join(WORKSPACE, 'libs/contracts/src/index.ts') },
    logLevel: 'error',
  });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** How a process ended, and everything it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A hub in a process of its own. */
export class HubProcess {
  private stdout = '';
  private stderr = '';
  /** Resolves when the process has ended. */
  readonly ended: Promise<Ended>;

  private constructor(private readonly child: ChildProcessByStdio<null, Readable, Readable>) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(child, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  /** Starts it with nothing in its environment but what is given. */
  static run(
    { path }: Program,
    environment: Readonly<Record<string, string>>,
    words: readonly string[] = [],
  ): HubProcess {
    return new HubProcess(
      spawn(process.execPath, [path, ...words], {
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  /** Waits for the line that says it is ready, and returns the address in it. */
  async ready(): Promise<string> {
    for await (const line of createInterface({ input: this.child.stdout })) {
      const match = /^hostdeck-hub ready at (\S+)$/.exec(line);
      if (match?.[1] !== undefined) return match[1];
    }
    throw new Error(`the hub ended: ${(await this.ended).stderr}`);
  }

  kill(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}
