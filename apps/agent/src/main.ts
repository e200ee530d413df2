// First, before anything is allocated.
import './small-heap';
import { fileURLToPath } from 'node:url';
import { runCli } from './cli/run-cli';

/** Longest that stopping may take, ms; a service manager would kill the process later. */
const STOP_DEADLINE = 4_500;

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stop.abort();
    setTimeout(() => process.exit(0), STOP_DEADLINE).unref();
  });
}

process.exitCode = await runCli({
  words: process.argv.slice(2),
  environment: process.env,
  terminal: {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  },
  program: fileURLToPath(import.meta.url),
  stop: stop.signal,
});
