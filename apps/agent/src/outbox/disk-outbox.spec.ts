import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Culprit, SeqRange } from '@hostdeck/contracts';
import { Logger } from '../log/logger';
import type { FrameSchema } from '../sampler/sampler';
import { DiskOutbox, type DiskOutboxOptions } from './disk-outbox';

const AGENT = '0123456789abcdef0123456789abcdef';
const OTHER = 'fedcba9876543210fedcba9876543210';
const one: FrameSchema = { series: ['uptime'] };
const two: FrameSchema = { series: ['uptime', 'load.1'] };
const EVERYTHING = Number.MAX_SAFE_INTEGER;

describe('the outbox on disk', () => {
  const log: string[] = [];
  const logger = new Logger({ level: 'debug', write: (line) => log.push(line) });
  let directory: string;
  let outbox: DiskOutbox;

  /** Opens the outbox, as a new process does. */
  const open = (options: Partial<DiskOutboxOptions> = {}) =>
    new DiskOutbox({ directory, agentId: AGENT, logger, ...options });
  const reopen = async (options?: Partial<DiskOutboxOptions>) => {
    await outbox.close();
    outbox = open(options);
  };
  const fill = (...schemas: FrameSchema[]) => {
    for (const schema of schemas) {
      const { nextSeq } = outbox;
      outbox.append({ time: 1_000 + nextSeq, schema, values: schema.series.map(() => nextSeq) });
    }
  };
  const fillMany = (count: number) => fill(...Array.from({ length: count }, () => one));
  /** Seqs of the frames of the next batch in a range. */
  const seqs = (range: SeqRange = [0, EVERYTHING], limit = 1_000) =>
    (outbox.read(range, () => limit)?.frames ?? []).map(({ seq }) => seq);
  const segments = () => readdirSync(directory).filter((name) => name.endsWith('.segment'));
  const from = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index);

  beforeEach(() => {
    log.length = 0;
    directory = join(mkdtempSync(join(tmpdir(), 'hostdeck-outbox-')), 'outbox');
    outbox = open();
  });
  afterEach(async () => {
    await outbox.close();
    rmSync(join(directory, '..'), { recursive: true });
  });

  it('numbers frames from 0 and is empty again when all were removed', () => {
    expect([outbox.oldestSeq, outbox.newestSeq, outbox.length, outbox.bytes]).toEqual([
      null,
      null,
      0,
      0,
    ]);
    fill(one, one);
    expect([outbox.oldestSeq, outbox.newestSeq, outbox.nextSeq, outbox.length]).toEqual([
      0, 1, 2, 2,
    ]);
    expect(outbox.epoch).toMatch(/^[0-9a-f]{16}$/);
    expect(outbox.bytes).toBeGreaterThan(0);
    outbox.remove([0, EVERYTHING]);
    expect([
      outbox.oldestSeq,
      outbox.newestSeq,
      outbox.nextSeq,
      outbox.length,
      outbox.bytes,
    ]).toEqual([null, null, 2, 0, 0]);
    expect(outbox.read([0, EVERYTHING], () => 1)).toBeNull();
  });

  it('reads the oldest of a range that share a schema, up to a limit', () => {
    fill(one, one, one, two, one);
    expect(seqs()).toEqual([0, 1, 2]);
    expect(seqs([1, EVERYTHING], 1)).toEqual([1]);
    expect(seqs([3, EVERYTHING])).toEqual([3]);
    expect(seqs([0, 1])).toEqual([0, 1]);
  });

  it('keeps what is around a range that was removed', () => {
    fillMany(5);
    outbox.remove([3, 4]);
    outbox.remove([1, 1]);
    expect(seqs()).toEqual([0, 2]);
    expect([outbox.oldestSeq, outbox.newestSeq, outbox.length]).toEqual([0, 2, 2]);
  });

  it('has every frame, in the same epoch, when it is opened again, whatever its schema', async () => {
    fill(one, two, two, one);
    const { epoch } = outbox;
    await reopen();
    expect(outbox.epoch).toBe(epoch);
    expect([outbox.resumedAt, outbox.nextSeq, outbox.length, outbox.lost]).toEqual([4, 4, 4, 0]);
    expect(outbox.read([1, EVERYTHING], () => 9)).toEqual({
      schema: { series: ['uptime', 'load.1'] },
      frames: [
        { seq: 1, time: 1_001, schema: two, values: [1, 1] },
        { seq: 2, time: 1_002, schema: two, values: [2, 2] },
      ],
    });
    fill(one);
    expect(outbox.newestSeq).toBe(4);
  });

  it('has culprits with the frame they were sampled with, and records of before there were any', async () => {
    const culprits: Culprit[] = [[7, 1_000, 'app', null, 'app --fast', 1.5, 4_096]];
    fill(one);
    outbox.append({ time: 2_000, schema: one, values: [2], culprits });
    await reopen();
    const frames = outbox.read([0, EVERYTHING], () => 9)?.frames;
    expect(frames).toEqual([
      { seq: 0, time: 1_000, schema: one, values: [0] },
      { seq: 1, time: 2_000, schema: one, values: [2], culprits },
    ]);
  });

  it('reads frames from disk that are too many for memory, in and out of the newest segment', () => {
    fillMany(500);
    expect(seqs([0, 199])).toEqual(from(0, 199));
    fillMany(1);
    expect(seqs([100, 500])).toEqual(from(100, 500));
  });

  it('counts on when the hub had everything before it was opened again', async () => {
    fillMany(3);
    outbox.remove([0, 2]);
    await reopen();
    // As the hub says again what it has.
    outbox.remove([0, 2]);
    await reopen();
    expect(outbox.nextSeq).toBe(3);
    await reopen();
    fillMany(1);
    await reopen();
    expect([outbox.nextSeq, outbox.newestSeq]).toEqual([4, 3]);
  });

  it('takes little room on disk while the hub has everything', () => {
    for (let count = 0; count < 5_000; count += 1) {
      fillMany(1);
      outbox.remove([0, count]);
    }
    const [only = ''] = segments();
    expect(segments()).toHaveLength(1);
    expect(statSync(join(directory, only)).size).toBeLessThan(128 * 1024);
  });

  it('drops the oldest segments when it is full, counts the frames and says so', async () => {
    await reopen({ spoolBytes: 64 * 1024 });
    fillMany(10_000);
    const oldest = outbox.oldestSeq ?? 0;
    expect(oldest).toBeGreaterThan(0);
    expect([outbox.newestSeq, outbox.length, outbox.lost]).toEqual([
      9_999,
      10_000 - oldest,
      oldest,
    ]);
    const size = segments().reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
    expect(size).toBeLessThanOrEqual(64 * 1024);
    expect(size).toBeGreaterThan(60 * 1024);
    expect(seqs([0, EVERYTHING], 20_000)).toEqual(from(oldest, 9_999));
    expect(log.join()).toContain('were dropped: the outbox is full');
    await reopen();
    expect([outbox.oldestSeq, outbox.newestSeq]).toEqual([oldest, 9_999]);
  });

  it('does not count as lost what the hub had when its segment is dropped', async () => {
    await reopen({ spoolBytes: 64 * 1024 });
    fillMany(1_000);
    outbox.remove([1, 999]);
    fillMany(9_000);
    const kept = outbox.length;
    expect(outbox.lost).toBe(10_000 - 999 - kept);
  });

  it('removes whole segments the hub has, but never the last', async () => {
    await reopen({ spoolBytes: 64 * 1024 });
    fillMany(300);
    expect(segments().length).toBeGreaterThan(3);
    outbox.remove([0, 299]);
    expect(segments()).toHaveLength(1);
  });

  it('has a new epoch, and none of the frames, when its directory is gone or another agent’s', async () => {
    fillMany(3);
    const { epoch } = outbox;
    await reopen({ agentId: OTHER });
    expect(outbox.epoch).not.toBe(epoch);
    expect([outbox.length, outbox.nextSeq]).toEqual([0, 0]);
    fillMany(1);
    const other = outbox.epoch;
    await reopen({ agentId: OTHER });
    expect([outbox.epoch, outbox.length]).toEqual([other, 1]);
    await outbox.close();
    rmSync(directory, { recursive: true });
    outbox = open();
    expect([epoch, other]).not.toContain(outbox.epoch);
    expect(outbox.nextSeq).toBe(0);
  });

  it('goes on in a new epoch with the same numbers, which outlives the process', async () => {
    fillMany(3);
    const { epoch } = outbox;
    outbox.renew();
    const renewed = outbox.epoch;
    expect(renewed).not.toBe(epoch);
    await reopen();
    expect([outbox.epoch, outbox.length]).toEqual([renewed, 3]);
    expect(seqs()).toEqual([0, 1, 2]);
  });

  it('makes its directory for its owner only', () => {
    expect(existsSync(directory)).toBe(false);
    fillMany(1);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, segments()[0] ?? '')).mode & 0o777).toBe(0o600);
  });
});
