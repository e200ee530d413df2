import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SmallDisk } from '../../test/small-disk';
import { Logger } from '../log/logger';
import { DiskOutbox, type DiskOutboxOptions } from './disk-outbox';

const AGENT = '0123456789abcdef0123456789abcdef';
const SCHEMA = { series: ['uptime', 'load.1'] };

describe('the outbox and a disk that fails', () => {
  const log: string[] = [];
  let logger: Logger;
  let folder: string;
  let directory: string;

  const open = (options: Partial<DiskOutboxOptions> = {}) =>
    new DiskOutbox({ directory, agentId: AGENT, logger, ...options });
  const fill = (outbox: DiskOutbox, count: number) => {
    for (let done = 0; done < count; done += 1) {
      const { nextSeq } = outbox;
      outbox.append({ time: 1_000 + nextSeq, schema: SCHEMA, values: [nextSeq, null] });
    }
  };
  const newestSegment = () => {
    const names = readdirSync(directory).filter((name) => name.endsWith('.segment'));
    return join(directory, names.sort().at(-1) ?? '');
  };
  /** Every frame that can be read, which has the values it was written with. */
  const readable = (outbox: DiskOutbox) => {
    const seqs: number[] = [];
    for (;;) {
      const batch = outbox.read([(seqs.at(-1) ?? -1) + 1, Number.MAX_SAFE_INTEGER], () => 100);
      if (batch === null) return seqs;
      for (const { seq, time, values } of batch.frames) {
        expect([time, values]).toEqual([1_000 + seq, [seq, null]]);
        seqs.push(seq);
      }
    }
  };
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

  beforeEach(() => {
    log.length = 0;
    logger = new Logger({ level: 'debug', write: (line) => log.push(line) });
    folder = mkdtempSync(join(tmpdir(), 'hostdeck-outbox-'));
    directory = join(folder, 'outbox');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('loses only what is cut off, wherever the last segment ends, and counts on', async () => {
    const before = open();
    fill(before, 6);
    await before.close();
    const whole = readFileSync(newestSegment());
    for (let cut = 1; cut < whole.length; cut += 1) {
      truncateSync(newestSegment(), whole.length - cut);
      const outbox = open();
      const kept = outbox.length;
      expect(readable(outbox)).toEqual(upTo(kept));
      expect([outbox.epoch, outbox.nextSeq]).toEqual([before.epoch, kept]);
      // The length of the last record.
      if (cut <= 23) expect(kept).toBe(5);
      fill(outbox, 1);
      await outbox.close();
      const again = open();
      expect([again.lost, readable(again)]).toEqual([0, upTo(kept + 1)]);
      await again.close();
      rmSync(directory, { recursive: true });
      mkdirSync(directory);
      const file = { version: 1, epoch: before.epoch, agentId: AGENT };
      writeFileSync(join(directory, 'epoch.json'), JSON.stringify(file));
      writeFileSync(join(directory, '0000000000000000.segment'), whole);
    }
  });

  it('takes the zeros that a power cut leaves for no frames', async () => {
    const before = open();
    fill(before, 3);
    await before.close();
    appendFileSync(newestSegment(), Buffer.alloc(4_096));
    const outbox = open();
    expect([readable(outbox), outbox.nextSeq, outbox.lost]).toEqual([upTo(3), 3, 1]);
    await outbox.close();
  });

  it('leaves out the rest of a segment behind a byte that was flipped, counts it, and has the later ones', async () => {
    const before = open({ spoolBytes: 256 * 1024 });
    fill(before, 500);
    await before.close();
    const names = readdirSync(directory).filter((name) => name.endsWith('.segment'));
    const [first = '', second = ''] = names.sort();
    expect(names.length).toBeGreaterThan(2);
    const secondFirst = Number.parseInt(second, 10);
    const bytes = readFileSync(join(directory, first));
    const copy = join(folder, 'copy');
    cpSync(directory, copy, { recursive: true });
    for (let at = 0; at < bytes.length; at += 61) {
      rmSync(directory, { recursive: true });
      cpSync(copy, directory, { recursive: true });
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 0x10;
      writeFileSync(join(directory, first), flipped);
      const outbox = open();
      const seqs = readable(outbox);
      const kept = seqs.findIndex((seq, index) => seq !== index);
      expect(seqs.slice(kept)).toEqual(upTo(500).slice(secondFirst));
      expect(outbox.lost).toBe(secondFirst - kept);
      expect(outbox.nextSeq).toBe(500);
      await outbox.close();
      // What was cut is not found damaged a second time.
      const again = open();
      expect([again.lost, again.length]).toEqual([0, seqs.length]);
      await again.close();
    }
    expect(log.join()).toContain('were damaged on disk');
  });

  it('has no frames without the epoch they are numbered in', async () => {
    const before = open();
    fill(before, 3);
    await before.close();
    writeFileSync(join(directory, 'epoch.json'), '{"version":1,"epo');
    const outbox = open();
    expect(outbox.epoch).not.toBe(before.epoch);
    expect([outbox.length, outbox.nextSeq]).toEqual([0, 0]);
    fill(outbox, 1);
    await outbox.close();
    const again = open();
    expect([again.epoch, readable(again)]).toEqual([outbox.epoch, [0]]);
    await again.close();
  });

  it('keeps frames in memory while the directory can not be made, drops the oldest, and writes them later', async () => {
    let now = 0;
    writeFileSync(directory, 'a file where the directory should be');
    const outbox = open({ memoryBytes: 12_800, now: () => now });
    fill(outbox, 150);
    expect(outbox.problem).toMatch(/ENOTDIR|EEXIST/);
    // A frame of two values counts as 128 bytes.
    expect([outbox.oldestSeq, outbox.length, outbox.lost]).toEqual([50, 100, 50]);
    rmSync(directory);
    fill(outbox, 1);
    expect(outbox.problem).not.toBeNull();
    now += 5_000;
    fill(outbox, 1);
    expect([outbox.problem, outbox.lost]).toEqual([null, 51]);
    expect(log.join()).toContain('the outbox is on disk again');
    await outbox.close();
    const again = open();
    expect(readable(again)).toEqual(upTo(152).slice(51));
    await again.close();
  });

  it('goes on when its directory is removed under it, with what is not lost by that', async () => {
    let now = 0;
    const outbox = open({ now: () => now });
    fill(outbox, 3);
    outbox.remove([0, 1]);
    rmSync(directory, { recursive: true });
    fill(outbox, 1);
    now += 5_000;
    fill(outbox, 1);
    expect([outbox.length, outbox.lost, outbox.problem]).toEqual([1, 2, null]);
    await outbox.close();
    const again = open();
    expect([again.epoch, readable(again)]).toEqual([outbox.epoch, [4]]);
    await again.close();
  });

  const describeIfPossible = SmallDisk.isPossible() ? describe : () => undefined;
  describeIfPossible('on a disk of 64 KiB', () => {
    let disk: string;
    let smallDisk: SmallDisk;

    beforeEach(() => {
      disk = join(folder, 'disk');
      smallDisk = new SmallDisk(disk);
      directory = join(disk, 'outbox');
    });
    afterEach(() => smallDisk.dispose());

    it('keeps what does not fit in memory, and writes it when there is room', async () => {
      let now = 0;
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(40 * 1024));
      const outbox = open({ now: () => now });
      fill(outbox, 1_000);
      expect(outbox.problem).toContain('no space left on device');
      expect([outbox.lost, readable(outbox)]).toEqual([0, upTo(1_000)]);
      const written = statSync(newestSegment()).size;
      expect(written).toBeGreaterThan(4_096);
      // No half record is left behind.
      const copy = join(folder, 'copy');
      cpSync(directory, copy, { recursive: true });
      const copied = open({ directory: copy });
      expect([copied.length > 0, copied.lost]).toEqual([true, 0]);
      await copied.close();
      rmSync(join(disk, 'ballast'));
      now += 5_000;
      fill(outbox, 1);
      expect(outbox.problem).toBeNull();
      await outbox.close();
      const again = open();
      expect([again.epoch, again.lost, readable(again)]).toEqual([outbox.epoch, 0, upTo(1_001)]);
      await again.close();
    });
  });
});
