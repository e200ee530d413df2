/**
 * Makes a clone ready: installs the packages when they are missing or the lock file has changed since. Uses nothing but
 * Node, so that it runs before anything is installed. `--browser` also gets Chromium for the end-to-end tests.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MARK = `${ROOT}node_modules/.hostdeck-lock`;
/** Nobody is called: not by us, not by what we install. */
export const QUIET = {
  ...process.env,
  SCARF_ANALYTICS: 'false',
  NG_CLI_ANALYTICS: 'false',
  NX_NO_CLOUD: 'true',
  NX_DAEMON: 'false',
  DO_NOT_TRACK: '1',
};

/** Installs the packages of the lock file unless just these are installed. */
export function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(`${ROOT}package-lock.json`))
    .digest('hex');
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === lock) return;
  console.log('Installing packages (once; sqlite3 may be compiled, which takes a minute or two) …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: QUIET,
  });
  writeFileSync(MARK, lock);
}

/** Builds programs of ours, quietly; when that fails, shows what was said and ends this process. */
export function buildPrograms(names) {
  const words = ['nx', 'run-many', '-t', 'build', '-p', names.join(','), '--output-style=static'];
  try {
    execFileSync('npx', words, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: QUIET,
      encoding: 'utf8',
    });
  } catch (error) {
    console.error(error.stdout ?? '', error.stderr ?? '');
    console.error('hostdeck: the build failed; its output is above');
    process.exit(1);
  }
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of the first of these commands that is installed, or `null`. */
function findCommand(names) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  for (const name of names) {
    for (const folder of folders) {
      if (existsSync(`${folder}/${name}`)) return `${folder}/${name}`;
    }
  }
  return null;
}

/**
 * Gets what the end-to-end tests need through the system's package manager when it is missing: Chromium, and `ip` for a
 * network of their own.
 *
 * @returns the path of Chromium
 */
export function installBrowser() {
  const missing = [
    ...(findCommand(BROWSERS) === null ? ['chromium'] : []),
    ...(findCommand(['ip']) === null ? ['iproute2'] : []),
  ];
  if (missing.length > 0) installSystemPackages(missing);
  const browser = findCommand(BROWSERS);
  if (browser === null) throw new Error('Chromium was installed but is not on the PATH');
  return browser;
}

function installSystemPackages(names) {
  console.log(`Installing ${names.join(' and ')} for the end-to-end tests …`);
  const options = { stdio: 'inherit', env: { ...QUIET, DEBIAN_FRONTEND: 'noninteractive' } };
  const [program, ...before] = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', 'apt-get'];
  try {
    execFileSync(program, [...before, 'update'], options);
    execFileSync(
      program,
      [...before, 'install', '-y', '--no-install-recommends', ...names],
      options,
    );
  } catch (cause) {
    throw new Error(
      `${names.join(' and ')} could not be installed with apt-get: install by hand and try again`,
      { cause },
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installPackages();
  if (process.argv.includes('--browser')) installBrowser();
}
