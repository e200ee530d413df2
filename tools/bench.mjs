/** `npm run bench -- SCENARIO [options]`: builds what is measured, then measures it. `npm run bench -- --help` lists the scenarios. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildPrograms, installBrowser, installPackages } from './prepare.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

installPackages();
const isOfTheWeb = process.argv[2] === 'web';
buildPrograms(['agent', 'hub', 'bench', ...(isOfTheWeb ? ['web'] : [])]);
const environment = isOfTheWeb ? { ...process.env, CHROMIUM: installBrowser() } : process.env;
const { status } = spawnSync(
  process.execPath,
  [`${ROOT}dist/bench/main.js`, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: environment,
  },
);
process.exit(status ?? 1);
