import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read } from '../../../test/recorded-machine';
import { TextfileCollector } from './textfile';

/** When the files of these tests were written, seconds since the epoch. */
const WRITTEN = 1_800_000_000;

describe('custom metrics', () => {
  let folder: string;
  let clock: number;
  let custom: TextfileCollector;

  function write(name: string, text: string | Buffer, seconds = 0): void {
    const path = join(folder, name);
    writeFileSync(path, text);
    utimesSync(path, WRITTEN + seconds, WRITTEN + seconds);
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hostdeck-textfile-'));
    clock = WRITTEN * 1_000;
    custom = new TextfileCollector(folder, () => clock);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are read from files that anything writes', async () => {
    write('backup.prom', 'backup_size_bytes{job="nightly"} 5e9\nbackup_ok 1\n');
    write('notes.txt', 'not for us');
    clock += 90_000;
    expect(await read(custom, 0)).toEqual({
      values: {
        'custom.file_age{backup.prom}': 90,
        'custom.bytes{backup_size_bytes{job="nightly"}}': 5e9,
        'custom.gauge{backup_ok}': 1,
        'agent.custom_dropped': 0,
      },
      warnings: [],
    });
  });

  it('that count are shown as a rate over the time between two writings, until the next', async () => {
    write('jobs.prom', 'jobs_total 100\n');
    expect((await read(custom, 0)).values['custom.rate{jobs_total}']).toBeNull();
    write('jobs.prom', 'jobs_total 160\n', 60);
    expect((await read(custom, 10_000)).values['custom.rate{jobs_total}']).toBe(1);
    expect((await read(custom, 20_000)).values['custom.rate{jobs_total}']).toBe(1);
    write('jobs.prom', 'jobs_total 5\n', 120);
    expect((await read(custom, 30_000)).values['custom.rate{jobs_total}']).toBeNull();
  });

  it('of a file that can not be read are left out and it is named; the others stay', async () => {
    write('bad.prom', 'a 1 1700000000000\n');
    write('binary.prom', Buffer.from([0x61, 0x20, 0xff, 0x0a]));
    write('good.prom', 'b 2\n');
    const { values, warnings } = await read(custom, 0);
    expect(values).toMatchObject({ 'custom.gauge{b}': 2 });
    expect(values).not.toHaveProperty(['custom.gauge{a}']);
    expect(warnings).toEqual([
      'bad.prom: line 1: a has a timestamp, which files must not have; binary.prom: is not UTF-8: The encoded data was not valid for encoding utf-8',
    ]);
    write('bad.prom', 'a 1\n', 60);
    expect((await read(custom, 10_000)).values).toMatchObject({ 'custom.gauge{a}': 1 });
  });

  it('are never read through a link, from a pipe, a folder or a file that is too large', async () => {
    write('secret', 'a 1\n');
    symlinkSync(join(folder, 'secret'), join(folder, 'link.prom'));
    execFileSync('mkfifo', [join(folder, 'pipe.prom')]);
    mkdirSync(join(folder, 'folder.prom'));
    write('large.prom', `${'# x\n'.repeat(300_000)}a 1\n`);
    const { values, warnings } = await read(custom, 0);
    expect(values).toEqual({ 'agent.custom_dropped': 0 });
    expect(warnings[0]).toMatch(
      /^folder\.prom: is not a file; large\.prom: has 1200004 bytes.*; link\.prom: ELOOP.*; and 1 more$/,
    );
  });

  it('are cut at the limit, which is said and counted', async () => {
    const lines = [...Array(150).keys()].map((number) => `a{n="${number}"} 1\n`);
    write('a.prom', lines.join(''));
    write('b.prom', lines.map((line) => line.replace('a{', 'b{')).join(''));
    const { values, warnings } = await read(custom, 0);
    expect(Object.keys(values).filter((key) => key.startsWith('custom.gauge'))).toHaveLength(200);
    expect(values['agent.custom_dropped']).toBe(100);
    expect(warnings).toEqual(['300 custom series, of which the first 200 are taken']);
  });

  it('that are in two files are taken from the first', async () => {
    write('a.prom', 'same 1\n');
    write('b.prom', 'same 2\n');
    const { values, warnings } = await read(custom, 0);
    expect(values).toMatchObject({ 'custom.gauge{same}': 1, 'agent.custom_dropped': 1 });
    expect(warnings).toEqual(['b.prom: same is in another file too']);
  });

  it('that are too large for their metric say so', async () => {
    write('a.prom', 'huge 5e12\n');
    expect((await read(custom, 0)).warnings).toEqual([
      'a.prom: huge is too large for custom.gauge',
    ]);
  });

  it('are no series without the folder, and come when it does', async () => {
    rmSync(folder, { recursive: true });
    expect(await read(custom, 0)).toEqual({ values: {}, warnings: [] });
    mkdirSync(folder);
    write('a.prom', 'a 1\n');
    expect((await read(custom, 10_000)).values).toHaveProperty(['custom.gauge{a}'], 1);
  });
});
