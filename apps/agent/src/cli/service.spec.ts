import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleAgent } from '../../test/agent-program';
import { JOIN_TOKEN, TestHub } from '../../test/test-hub';
import type { Finding } from '../doctor/finding';

describe('doctor, service and processes, as processes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostdeck-service-'));
  const program = join(folder, 'main.mjs');
  const bin = join(folder, 'bin');
  const calls = join(folder, 'calls');
  let hub: TestHub;
  let stateDir: string;
  let root: string;

  const run = async (...words: string[]) => {
    const child = spawn(process.execPath, [program, ...words], {
      env: { PATH: `${bin}:/usr/bin:/bin`, HOSTDECK_STATE_DIR: stateDir },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out, err };
  };
  const enroll = () => run('enroll', '--hub', hub.url, '--token', JOIN_TOKEN);
  const doctor = async () => {
    const { code, out } = await run('doctor', '--json');
    const findings = JSON.parse(out) as Finding[];
    return { code, levelOf: (name: string) => findings.find(({ check }) => check === name)?.level };
  };
  const called = () => {
    const lines = existsSync(calls) ? readFileSync(calls, 'utf8') : '';
    rmSync(calls, { force: true });
    return lines.split('\n').filter((line) => line !== '');
  };

  beforeAll(async () => {
    await bundleAgent(program);
    mkdirSync(bin);
    writeFileSync(join(bin, 'systemctl'), `#!/bin/sh\necho "$*" >> ${calls}\n`);
    chmodSync(join(bin, 'systemctl'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(async () => {
    stateDir = join(mkdtempSync(join(folder, 'test-')), 'state');
    root = mkdtempSync(join(folder, 'root-'));
    hub = new TestHub();
    await hub.start();
  });
  afterEach(() => hub.stop());

  it('finds what is well, and says what to do about what is not', async () => {
    const before = await doctor();
    expect([before.code, before.levelOf('enrollment')]).toEqual([1, 'fail']);
    await enroll();
    const sockets = hub.sockets.length;
    const well = await doctor();
    expect(
      ['state', 'enrollment', 'hub', 'tls', 'clock', 'hub key'].map((name) => well.levelOf(name)),
    ).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
    expect(well.code).toBe(0);
    // The hub was asked, and was not told that the agent is there: one that runs keeps its connection.
    expect(hub.sockets).toHaveLength(sockets);

    hub.clockOffset = 60_000;
    hub.changeKey();
    const ill = await doctor();
    expect([ill.code, ill.levelOf('clock'), ill.levelOf('hub key')]).toEqual([1, 'warn', 'fail']);
    await hub.stop();
    const { code, out } = await run('doctor');
    expect(code).toBe(1);
    expect(out).toMatch(/^fail {2}hub .*ECONNREFUSED.*\n +→ check the address/m);
    await hub.start();
  });

  it('installs a service, once, and removes it', async () => {
    const nowhere = await run('install', '--root', root);
    expect(nowhere.err).toMatch(/^hostdeck-agent: there is no systemd here: .*\n$/);
    mkdirSync(join(root, 'run/systemd/system'), { recursive: true });
    const stranger = await run('install', '--root', root);
    expect([stranger.code, stranger.err]).toEqual([1, expect.stringContaining('not enrolled')]);
    await enroll();

    const dry = await run('install', '--root', root, '--dry-run');
    expect([dry.code, dry.out]).toEqual([0, expect.stringContaining('ExecStart=')]);
    const unit = join(root, 'etc/systemd/system/hostdeck-agent.service');
    expect([existsSync(unit), called()]).toEqual([false, []]);

    expect(await run('install', '--root', root)).toMatchObject({ code: 0, err: '' });
    expect(called()).toEqual([
      'daemon-reload',
      'enable hostdeck-agent.service',
      'restart hostdeck-agent.service',
    ]);
    const text = readFileSync(unit, 'utf8');
    const installed = '/usr/local/lib/hostdeck-agent/hostdeck-agent.mjs';
    expect(text).toContain(`ExecStart="${process.execPath}" "${installed}" run\n`);
    expect(text).toContain(`Environment="HOSTDECK_STATE_DIR=${stateDir}"\n`);
    const copy = execFileSync(process.execPath, [join(root, installed), '--version']);
    expect(copy.toString()).toMatch(/^\d+\.\d+/);

    const again = await run('install', '--root', root);
    expect(again.out).toContain('installed already');
    expect(called()).toEqual(['enable hostdeck-agent.service', 'start hostdeck-agent.service']);

    expect(await run('uninstall', '--root', root)).toMatchObject({ code: 0, err: '' });
    expect(called()).toEqual(['disable --now hostdeck-agent.service', 'daemon-reload']);
    expect([existsSync(unit), existsSync(join(root, installed))]).toEqual([false, false]);
    expect(existsSync(join(stateDir, 'agent.json'))).toBe(true);
    expect((await run('uninstall', '--root', root)).out).toContain('no service to remove');
    expect(called()).toEqual([]);
  });

  it('says what systemctl said when it fails', async () => {
    await enroll();
    mkdirSync(join(root, 'run/systemd/system'), { recursive: true });
    const systemctl = join(bin, 'systemctl');
    const works = readFileSync(systemctl);
    writeFileSync(systemctl, '#!/bin/sh\necho "access denied" >&2\nexit 4\n');
    const { code, err } = await run('install', '--root', root);
    writeFileSync(systemctl, works);
    expect(code).toBe(1);
    expect(err).toMatch(/^hostdeck-agent: systemctl daemon-reload failed: access denied\n$/);
  });

  it('prints the processes that use most', async () => {
    const { code, out, err } = await run('processes', '--limit', '3');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^3 of \d+ processes\n +pid .*\n(?: *\d+ .*\n){3}$/);
    expect((await run('processes', '--limit', 'x')).code).toBe(2);
  });
});
