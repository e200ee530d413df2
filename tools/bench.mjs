/** `npm run bench -- SCENARIO [options]`: builds what is measured, then measures it. `npm run bench -- --help` lists the scenarios. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildPrograms, installPackages } from './prepare.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

installPackages();
buildPrograms(['agent', 'hub', 'bench']);
const { status } = spawnSync(
  process.execPath,
  [`${ROOT}dist/bench/main.js`, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
