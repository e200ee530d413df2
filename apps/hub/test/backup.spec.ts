import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOSTDECK_VERSION } from '@hostdeck/contracts';
import { SqliteConnection } from '../src/database/sqlite-connection';
import { Client } from './client';
import { eventually } from './events';
import { ProgramUnderTest } from './program';
import { openStored, readTable } from './stored';
import { TestAgent } from './test-agent';

/** What a command that cannot be carried out leaves: one line. */
function complaint({
  code,
  stdout,
  stderr,
}: {
  code: number | null;
  stdout: string;
  stderr: string;
}) {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  return stderr.trimEnd();
}

describe('backup and restore', () => {
  const hub = new ProgramUnderTest();

  /** Sends frame after frame, several batches at once, until the agent leaves; returns what was acked so far. */
  function load(agent: TestAgent): Set<number> {
    const acked = new Set<number>();
    let next = 0;
    const send = async () => {
      while (agent.socket.connected) {
        const seq = next;
        next += 1;
        const result = await agent
          .send([seq, 1_700_000_000_000 + seq, [1, 2, 3]])
          .catch(() => null);
        if (result?.ok === true) acked.add(seq);
      }
    };
    for (let count = 0; count < 3; count += 1) void send();
    return acked;
  }

  const files = async () => (await readdir(hub.dataDir)).sort();

  it('bring a hub with all it had acked to another machine, where its agents know it', async () => {
    const running = hub.run();
    const url = await running.ready();
    const agent = await TestAgent.join(url);
    const acked = load(agent);
    await eventually(
      () => acked.size,
      (size) => size >= 30,
    );
    const before = [...acked];
    const file = join(await hub.folder(), 'hub.backup');
    expect(await hub.command('backup', file)).toMatchObject({ code: 0, stderr: '' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    // The hub went on meanwhile, and the backup is whole.
    await eventually(
      () => acked.size,
      (size) => size >= before.length + 10,
    );
    expect(await hub.command('check', file)).toMatchObject({ code: 0, stderr: '' });

    const bytes = await readFile(file);
    expect(complaint(await hub.command('backup', file))).toBe(
      `hostdeck-hub: ${file}: is there already; a backup overwrites nothing`,
    );
    expect(await readFile(file)).toEqual(bytes);
    expect(complaint(await hub.command('restore', file))).toMatch(
      /another hub uses .*; stop it first/,
    );
    await agent.leave();
    await running.kill('SIGTERM');

    const elsewhere = await hub.folder();
    expect(await hub.run(['restore', file], elsewhere).ended).toMatchObject({
      code: 0,
      stdout: `restored ${file}\n`,
    });
    const second = await hub.run([], elsewhere).ready();
    const { hubPublicKey } = await TestAgent.enroll(second, 'another');
    expect(hubPublicKey).toBe(agent.hubPublicKey);
    const hello = await agent.ready(second);
    const stored = hello.ok ? hello.stored : [];
    for (const seq of before) {
      expect(stored.some(([first, last]) => seq >= first && seq <= last)).toBe(true);
    }
    expect(await readFile(file)).toEqual(bytes);
    await agent.leave();
  });

  it('set aside what is there, even when it was killed and never closed', async () => {
    const running = hub.run();
    const agent = await TestAgent.join(await running.ready());
    await agent.send([0, Date.now(), [1, 2, 3]]);
    const file = join(hub.dataDir, 'early.backup');
    expect(await hub.command('backup', file)).toMatchObject({ code: 0 });
    await agent.send([1, Date.now(), [4, 5, 6]]);
    await running.kill('SIGKILL');
    const { code, stdout } = await hub.command('restore', file);
    expect(code).toBe(0);
    const aside = /^set aside (\S+\.replaced-\S+)\n/.exec(stdout)?.[1] ?? '';
    expect(await readTable(hub.dataDir, 'journal')).toHaveLength(1);
    const old = await SqliteConnection.open(aside, { readOnly: true, busyTimeout: 0 });
    expect(await old.all('SELECT id FROM journal')).toHaveLength(2);
    await old.close();
    await hub.run().ready();
  });

  it('refuse what is no backup, is damaged, in use, or of a newer version, and leave all as it is', async () => {
    const running = hub.run();
    await running.ready();
    const file = join(await hub.folder(), 'good.backup');
    await hub.command('backup', file);
    await running.kill('SIGTERM');
    const before = await files();
    const good = await readFile(file);
    const cases: [string, Buffer, RegExp][] = [
      ['garbage', Buffer.alloc(8_192, 7), /is not a backup of Hostdeck/],
      ['empty', Buffer.alloc(0), /is not a backup of Hostdeck/],
      ['half', good.subarray(0, good.length / 2), /is damaged|is not a backup/],
      [
        'hole',
        Buffer.concat([good.subarray(0, 12_288), Buffer.alloc(good.length - 12_288, 255)]),
        /is damaged/,
      ],
    ];
    for (const [name, bytes, reason] of cases) {
      const bad = join(await hub.folder(), name);
      await writeFile(bad, bytes);
      expect(complaint(await hub.command('restore', bad))).toMatch(reason);
    }
    const newer = await SqliteConnection.open(file, { readOnly: false, busyTimeout: 0 });
    await newer.exec(
      `INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-later', '2999')`,
    );
    await newer.close();
    expect(complaint(await hub.command('restore', file))).toMatch(/a newer Hostdeck .*9999-later/);
    await writeFile(`${file}-wal`, 'frames');
    expect(complaint(await hub.command('restore', file))).toMatch(
      /a database in use, not a backup/,
    );
    expect(complaint(await hub.command('restore', join(hub.dataDir, 'none')))).toMatch(
      /no such file/,
    );
    expect(await files()).toEqual(before);
  });

  it('say what is wrong with the words in one line, and what the commands are', async () => {
    for (const [words, reason] of [
      [['bakcup'], /there is no command "bakcup"/],
      [['backup'], /backup: which file\?/],
      [['check', 'a', 'b'], /check: too many words/],
      [['--verbose'], /Unknown option '--verbose'/],
    ] as const) {
      const { code, stdout, stderr } = await hub.command(...words);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(reason);
      expect(stderr.trimEnd()).not.toContain('\n');
    }
    expect(await hub.command('--version')).toMatchObject({
      code: 0,
      stdout: `${HOSTDECK_VERSION}\n`,
    });
    expect((await hub.command('--help')).stdout).toMatch(
      /backup FILE[^]*restore FILE[^]*check \[FILE\]/,
    );
    expect(complaint(await hub.command('backup', join(hub.dataDir, 'b')))).toMatch(
      /nothing to back up/,
    );
    expect(complaint(await hub.command('check'))).toMatch(/no such file/);
  });
});

describe('one data folder', () => {
  const hub = new ProgramUnderTest();

  it("is one hub's; the next gets it as soon as that one is dead", async () => {
    const first = hub.run();
    const url = await first.ready();
    expect(complaint(await hub.command())).toMatch(
      /HOSTDECK_DATA_DIR: another hub uses .*; stop it first/,
    );
    expect((await new Client(url).get('/api/health')).status).toBe(200);
    await first.kill('SIGKILL');
    await hub.run().ready();
    const stored = await openStored(hub.dataDir);
    expect(await stored.all('SELECT 1 FROM users')).toHaveLength(1);
    await stored.close();
  });
});
