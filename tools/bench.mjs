/** `npm run bench -- SCENARIO [options]`: builds what is measured, then measures it. `npm run bench -- --help` lists the scenarios. */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installPackages, QUIET } from './prepare.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

installPackages();
try {
  execFileSync(
    'npx',
    ['nx', 'run-many', '-t', 'build', '-p', 'agent,hub,bench', '--output-style=static'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: QUIET,
      encoding: 'utf8',
    },
  );
} catch (error) {
  console.error(error.stdout ?? '', error.stderr ?? '');
  process.exit(1);
}
const { status } = spawnSync(
  process.execPath,
  [`${ROOT}dist/bench/main.js`, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
