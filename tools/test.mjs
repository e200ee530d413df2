/**
 * `npm test`: on a fresh clone, installs what is missing, then format, lint, types, unit and integration tests, builds
 * and end-to-end tests. Prints `N passed, N failed, N skipped` as the last line; the exit code is 0 only when nothing
 * failed. `--only e2e` runs one project's tests; `--screenshots` renews those of the documentation.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installBrowser, installPackages, QUIET } from './prepare.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RESULTS = `${ROOT}dist/test-results`;
const only = process.argv.includes('--only')
  ? process.argv[process.argv.indexOf('--only') + 1]
  : null;
const screenshots = process.argv.includes('--screenshots')
  ? { SCREENSHOTS: `${ROOT}docs/screenshots` }
  : {};
const PROJECTS = [
  ['contracts', 'libs/contracts'],
  ['agent', 'apps/agent'],
  ['hub', 'apps/hub'],
  ['web', 'apps/web'],
  ['e2e', 'e2e'],
];

const totals = { passed: 0, failed: 0, skipped: 0 };

function run(title, program, words, env = {}) {
  console.log(`\n── ${title}`);
  const { status } = spawnSync(program, words, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...QUIET, ...env },
  });
  return status === 0;
}

/** One step that has no test count of its own. */
function check(title, words, env) {
  if (run(title, 'npx', words, env)) return;
  console.error(`✗ ${title} failed`);
  totals.failed += 1;
}

function test(name, folder, env) {
  const file = `${RESULTS}/${name}.json`;
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--config',
    `${folder}/jest.config.mjs`,
    '--json',
    `--outputFile=${file}`,
    ...(name === 'e2e' ? ['--runInBand'] : ['--maxWorkers=2']),
  ];
  const ok = run(`${name}: tests`, process.execPath, jest, env);
  let counted = 0;
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    totals.passed += result.numPassedTests;
    totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
    totals.skipped += result.numPendingTests + result.numTodoTests;
    counted = result.numFailedTests + result.numRuntimeErrorTestSuites;
  } catch (error) {
    console.error(`✗ ${name}: no readable result (${error.message})`);
  }
  if (!ok && counted === 0) totals.failed += 1;
}

installPackages();
const browser = installBrowser();
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

const nx = (targets, ...rest) => [
  'nx',
  'run-many',
  '-t',
  targets,
  '--output-style=stream',
  ...rest,
];
if (only === null) {
  check('format', ['prettier', '--check', '.']);
  check('types and lint', nx('typecheck,lint'));
}
check('build', nx('build'));
for (const [name, folder] of PROJECTS) {
  if (only === null || only === name) test(name, folder, { CHROMIUM: browser, ...screenshots });
}

console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
