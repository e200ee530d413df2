/**
 * `npm start`: installs what is missing, builds, runs the hub and an agent for this machine, and says where to look and
 * how to sign in. Ctrl-C stops both. The environment variables of hub and agent are those of the programs themselves.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildPrograms, installPackages } from './prepare.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Longest the programs may take to stop before they are killed, ms. */
const STOP_DEADLINE = 8_000;

installPackages();
console.log('Building …');
buildPrograms(['hub', 'agent', 'web']);

const dataDir = resolve(process.env.HOSTDECK_DATA_DIR ?? 'data');
// The agent of this machine joins with a token that only these two processes know, and that dies with them.
const joinToken = process.env.HOSTDECK_JOIN_TOKEN ?? randomBytes(24).toString('base64url');

/** Programs that run, by name. */
const running = new Map();
let stopping = false;

function launch(name, words, env) {
  const child = spawn(process.execPath, words, {
    cwd: process.cwd(),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  running.set(name, child);
  child.once('exit', (code, signal) => {
    running.delete(name);
    if (stopping) return;
    console.error(`hostdeck: the ${name} stopped by itself (${signal ?? `exit code ${code}`})`);
    stop(1);
  });
  return child;
}

async function stop(exitCode) {
  if (stopping) return;
  stopping = true;
  const kill = setTimeout(() => {
    for (const child of running.values()) child.kill('SIGKILL');
  }, STOP_DEADLINE);
  // The agent first: it says goodbye to a hub that still listens.
  for (const name of ['agent', 'hub']) {
    const child = running.get(name);
    if (child === undefined) continue;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
  clearTimeout(kill);
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));

/** The address to reach the hub at from this machine: one that listens everywhere is reached over loopback. */
function reachable(url) {
  const address = new URL(url);
  if (address.hostname === '0.0.0.0' || address.hostname === '[::]') address.hostname = '127.0.0.1';
  return address.origin;
}

function welcome(url, setUpCode) {
  const signIn =
    setUpCode !== null
      ? `make the first account at ${url}/setup with the one-time code ${setUpCode}`
      : process.env.HOSTDECK_ADMIN_USERNAME !== undefined
        ? `as ${process.env.HOSTDECK_ADMIN_USERNAME}, with the password of HOSTDECK_ADMIN_PASSWORD`
        : 'with the account you made before';
  console.log(
    `\nHostdeck is ready.\n\n  Open     ${url}\n  Sign in  ${signIn}\n  Data     ${dataDir}\n  Stop     Ctrl-C\n`,
  );
}

// The space for young objects is kept small, and old garbage is collected before much of it gathers: it costs a little CPU and saves some
// 100 MB under a thousand agents.
const hub = launch(
  'hub',
  ['--max-semi-space-size=8', '--heap-growing-percent=30', join(ROOT, 'dist/apps/hub/main.js')],
  {
    HOSTDECK_JOIN_TOKEN: joinToken,
  },
);
let setUpCode = null;
for await (const line of createInterface({ input: hub.stdout })) {
  const code = /^set-up code: (\S+)/.exec(line);
  if (code !== null) {
    setUpCode = code[1];
    continue;
  }
  const ready = /^hostdeck-hub ready at (\S+)/.exec(line);
  if (ready === null) {
    console.log(line);
    continue;
  }
  const url = reachable(ready[1]);
  const agent = launch('agent', [join(ROOT, 'dist/apps/agent/main.js'), 'run'], {
    HOSTDECK_HUB: url,
    HOSTDECK_TOKEN: joinToken,
    HOSTDECK_STATE_DIR: process.env.HOSTDECK_STATE_DIR ?? join(dataDir, 'agent'),
  });
  agent.stdout.pipe(process.stdout);
  welcome(url, setUpCode);
}
