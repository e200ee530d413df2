/**
 * `npm run dev`: like `npm start`, and rebuilds when a source file changes; the programs are started again with the new
 * build, the page is reloaded by hand.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Quiet time after the last change before the rebuild, ms: an editor saves in bursts. */
const SETTLE = 300;

let current = null;
let restarting = false;

function start() {
  current = spawn(process.execPath, [`${ROOT}tools/start.mjs`], { stdio: 'inherit' });
  current.once('exit', (code) => {
    if (!restarting) process.exit(code ?? 1);
  });
}

async function restart() {
  if (restarting) return;
  restarting = true;
  const exited = once(current, 'exit');
  current.kill('SIGTERM');
  await exited;
  restarting = false;
  start();
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => current.kill(signal));

let timer;
for (const folder of ['apps', 'libs']) {
  watch(`${ROOT}${folder}`, { recursive: true }, (_, file) => {
    if (file === null || !/\.(ts|html|css|scss|json|svg)$/.test(file) || file.endsWith('.spec.ts'))
      return;
    clearTimeout(timer);
    timer = setTimeout(restart, SETTLE);
  });
}
start();
