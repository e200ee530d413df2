import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/** Keeps every core busy with processes of its own until it is stopped; they end by themselves after a minute. */
export function loadEveryCore(): { stop(): Promise<void> } {
  const children = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'const end = Date.now() + 60_000; while (Date.now() < end);'], {
      stdio: 'ignore',
    }),
  );
  return {
    async stop() {
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null) return;
          const exited = once(child, 'exit');
          child.kill('SIGKILL');
          await exited;
        }),
      );
    },
  };
}

/** Two threads and more that never rest: one process that is at the top whatever else a small machine does. */
const BURNER = `
  const { Worker } = require('node:worker_threads');
  for (let count = 0; count < 3; count += 1) new Worker('while (true);', { eval: true });
  setTimeout(() => process.exit(), 300_000);
`;

/** Starts one process that uses more of the processor than any other; it ends by itself after five minutes. */
export function startBurner(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['-e', BURNER, '--', ...words], { stdio: 'ignore' });
}
