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

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of an installed Chromium, or `null`. */
export function findBrowser() {
  const folders = (process.env.PATH ?? '').split(':');
  for (const name of BROWSERS) {
    for (const folder of folders) {
      if (existsSync(`${folder}/${name}`)) return `${folder}/${name}`;
    }
  }
  return null;
}

/** Gets Chromium through the system's package manager when there is none. */
export function installBrowser() {
  const found = findBrowser();
  if (found !== null) return found;
  console.log('Installing Chromium for the end-to-end tests …');
  const options = { stdio: 'inherit', env: { ...QUIET, DEBIAN_FRONTEND: 'noninteractive' } };
  const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
  const apt = (...words) => {
    const [program, ...rest] = [...sudo, 'apt-get', ...words];
    execFileSync(program, rest, options);
  };
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium', 'iproute2');
  } catch (cause) {
    throw new Error(
      'no Chromium found, and it could not be installed with apt-get: install it by hand and try again',
      {
        cause,
      },
    );
  }
  const installed = findBrowser();
  if (installed === null) throw new Error('Chromium was installed but is not on the PATH');
  return installed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installPackages();
  if (process.argv.includes('--browser')) installBrowser();
}
