import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { cards, PATIENCE } from './support/pages';
import { ADMIN, cleanEnvironment } from './support/system';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Ids of the processes that a process has started and that still run. */
function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
  return text.trim().split(' ').filter(Boolean).map(Number);
}

describe('npm start', () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hostdeck-start-'));
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  function start(
    environment: Readonly<Record<string, string>>,
  ): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
    return spawn(process.execPath, [join(ROOT, 'tools/start.mjs')], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: cleanEnvironment({ HOSTDECK_DATA_DIR: join(folder, 'data'), ...environment }),
    });
  }

  it('gives a page with the live card of this machine, and Ctrl-C leaves no process', async () => {
    const program = start({
      HOSTDECK_PORT: '0',
      HOSTDECK_ADMIN_USERNAME: ADMIN.username,
      HOSTDECK_ADMIN_PASSWORD: ADMIN.password,
    });
    let url: string | undefined;
    for await (const line of createInterface({ input: program.stdout })) {
      url = /^\s*Open\s+(\S+)/.exec(line)?.[1] ?? url;
      if (line.includes('Stop')) break;
    }
    program.stdout.resume();
    program.stderr.resume();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);

    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.goto(url ?? '');
    await page.getByLabel('User name').fill(ADMIN.username);
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await cards(page).first().and(page.locator('[data-status="live"]')).waitFor();

    const started = childrenOf(program.pid ?? 0);
    expect(started).toHaveLength(2);
    const exited = once(program, 'exit');
    // As a terminal does it: the signal goes to every process in the foreground.
    for (const pid of [program.pid ?? 0, ...started]) process.kill(pid, 'SIGINT');
    expect(await exited).toEqual([0, null]);
    expect(started.filter((pid) => existsSync(`/proc/${String(pid)}`))).toEqual([]);
    await page.close();
  });

  it.each([
    ['an unknown variable', { HOSTDECK_PROT: '4680' }, /HOSTDECK_PROT/],
    ['a bad value', { HOSTDECK_PORT: 'http' }, /HOSTDECK_PORT/],
  ])('stops for %s with a line that names it', async (_, environment, line) => {
    const program = start(environment);
    const errors: string[] = [];
    createInterface({ input: program.stderr }).on('line', (text) => errors.push(text));
    program.stdout.resume();
    const [code] = (await once(program, 'close')) as [number];
    expect(code).toBe(1);
    expect(errors.filter((text) => line.test(text))).toHaveLength(1);
    expect(errors.join('\n')).not.toMatch(/^\s+at /m);
  });

  it('stops when the port is taken, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const program = start({ HOSTDECK_PORT: String(port) });
    let errors = '';
    program.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    program.stdout.resume();
    const [code] = (await once(program, 'close')) as [number];
    other.close();
    expect(code).toBe(1);
    expect(errors).toContain(String(port));
    expect(errors).toMatch(/in use/);
    expect(errors).not.toMatch(/^\s+at /m);
  });
});
