import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { Point, SeriesAnswer } from '@hostdeck/contracts';
import { NetworkLink } from './support/network-link';
import { System } from './support/system';
import { until } from './support/until';

/** Jiffies of all modes and those of idling, from the first line of /proc/stat. */
function readCpu(): { all: number; idle: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const fields = line.trim().split(/\s+/).slice(1, 9).map(Number);
  return {
    all: fields.reduce((sum, value) => sum + value, 0),
    idle: (fields[3] ?? 0) + (fields[4] ?? 0),
  };
}

function readMemoryUsed(): number {
  const text = readFileSync('/proc/meminfo', 'utf8');
  const kibibytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]);
  return (kibibytes('MemTotal') - kibibytes('MemAvailable')) * 1024;
}

function newest(answer: SeriesAnswer, instance: string | null = null): number {
  const point = answer.series.find((series) => series.instance === instance)?.points.at(-1);
  if (point?.[1] === undefined || point[1] === null) throw new Error('no known value');
  return point[1];
}

describe('what the hub has of this machine', () => {
  let system: System;
  let cookie: string;
  let host: string;

  /** The series once they have a point from after `since`. */
  async function readSince(
    since: number,
    metric: string,
    wanted: string | null = null,
  ): Promise<SeriesAnswer> {
    const ask = () =>
      system.series(
        cookie,
        host,
        `metric=${metric}&from=${String(since)}&to=${String(Date.now() + 60_000)}`,
      );
    let answer = await ask();
    await until(`${metric} has a new value`, async () => {
      answer = await ask();
      const series = answer.series.filter(({ instance }) => wanted === null || instance === wanted);
      const isThere = ([at, value]: Point) => at > since && value !== null;
      return series.some(({ points }) => points.some(isThere));
    });
    return answer;
  }

  beforeAll(async () => {
    system = await System.start();
    const agent = system.startAgent('this-machine');
    cookie = await system.signIn();
    await until('the host is seen', async () => {
      const [first] = await system.hosts(cookie);
      if (agent.exitCode !== null) throw new Error('the agent stopped');
      host = first?.id ?? '';
      return typeof first?.lastSeen === 'number';
    });
  });

  afterAll(() => system.stop());

  it('is its CPU use, within 2 points over ten seconds', async () => {
    // Samples are means since the one before, so the kernel's counters are compared between the times of two samples.
    const readings: { at: number; all: number; idle: number }[] = [];
    const reading = setInterval(() => readings.push({ at: Date.now(), ...readCpu() }), 25);
    const from = Date.now() + 500;
    const since = async () => {
      const { series } = await readSince(from, 'cpu.busy');
      return (series[0]?.points ?? []).filter(([at]) => at >= from);
    };
    const span = (points: readonly Point[]) => (points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0);
    await until('ten seconds have been sampled', async () => span(await since()) >= 10_000);
    const points = await since();
    clearInterval(reading);
    const nearest = (time: number) =>
      readings.reduce((best, one) =>
        Math.abs(one.at - time) < Math.abs(best.at - time) ? one : best,
      );
    const before = nearest(points[0]?.[0] ?? 0);
    const after = nearest(points.at(-1)?.[0] ?? 0);
    const busy = 100 * (1 - (after.idle - before.idle) / (after.all - before.all));
    // A value holds for the time since the sample before it.
    const mean =
      points
        .slice(1)
        .reduce(
          (sum, [at, value], index) => sum + (value ?? 0) * (at - (points[index]?.[0] ?? at)),
          0,
        ) / span(points);
    expect(Math.abs(mean - busy)).toBeLessThanOrEqual(2);
  });

  it('is its used memory, within one percent', async () => {
    // Memory moves between two readings, so each sample is compared with the reading made closest to it.
    const readings: { at: number; used: number }[] = [];
    const reading = setInterval(
      () => readings.push({ at: Date.now(), used: readMemoryUsed() }),
      25,
    );
    const from = Date.now() + 500;
    const since = async () => {
      const { series } = await readSince(from, 'memory.used');
      return (series[0]?.points ?? []).filter(([at, value]) => at >= from && value !== null);
    };
    await until('three samples are there', async () => (await since()).length >= 3);
    const points = await since();
    clearInterval(reading);
    const errors = points
      .map(([at, value]) => {
        const nearest = readings.reduce((best, one) =>
          Math.abs(one.at - at) < Math.abs(best.at - at) ? one : best,
        );
        return Math.abs((value ?? 0) - nearest.used) / nearest.used;
      })
      .sort((first, second) => first - second);
    expect(errors[Math.floor(errors.length / 2)]).toBeLessThanOrEqual(0.01);
  });

  it('is what df says of the root file system, within one percent', async () => {
    const [, line = ''] = execFileSync('df', ['-B1', '--output=used', '/'], {
      encoding: 'utf8',
    }).split('\n');
    const used = Number(line);
    const measured = newest(await readSince(Date.now(), 'filesystem.used'), '/');
    expect(Math.abs(measured - used) / used).toBeLessThanOrEqual(0.01);
  });

  it('is what the kernel counts of an interface, within one percent of a burst', async () => {
    const link = await NetworkLink.create();
    try {
      const from = Date.now();
      await readSince(from, 'network.receive_bytes', link.name);
      const before = link.receivedBytes();
      await link.receive(20_000_000);
      const counted = link.receivedBytes() - before;
      const to = Date.now();
      // Two more samples: the first may have been read before the burst ended.
      await readSince(to + 2_500, 'network.receive_bytes', link.name);
      const { points = [] } =
        (
          await system.series(cookie, host, `metric=network.receive_bytes&from=${String(from)}`)
        ).series.find(({ instance }) => instance === link.name) ?? {};
      // A rate holds for the time since the sample before it.
      const measured = points.reduce((sum, [at, rate], index) => {
        const earlier = points[index - 1]?.[0];
        return earlier === undefined ? sum : sum + ((rate ?? 0) * (at - earlier)) / 1000;
      }, 0);
      expect(Math.abs(measured - counted) / counted).toBeLessThanOrEqual(0.01);
    } finally {
      link.remove();
    }
  });

  it('is what a file of custom metrics says, in series and export', async () => {
    await system.writeCustomMetrics(
      'this-machine',
      'job.prom',
      '# TYPE job_size_bytes gauge\njob_size_bytes{job="a,b \\"c\\""} 5368709120\njob_hit_ratio 0.000123\n',
    );
    const size = 'job_size_bytes{job="a,b \\"c\\""}';
    const from = Date.now();
    expect(newest(await readSince(from, 'custom.ratio'), 'job_hit_ratio')).toBe(0.000123);
    expect(newest(await readSince(from, 'custom.bytes'), size)).toBe(5_368_709_120);
    const read = async (path: string) =>
      (await fetch(`${system.url}${path}`, { headers: { cookie } })).text();
    const table = await read(
      `/api/hosts/${host}/export?format=csv&metric=custom.ratio,custom.bytes&from=${String(from)}`,
    );
    const [heading = ''] = table.split('\r\n');
    expect(heading).toBe(
      `time,custom.ratio{job_hit_ratio} (number),"custom.bytes{${size.replaceAll('"', '""')}} (bytes)"`,
    );
    expect(table).toContain(',0.000123,5368709120');
  });

  it('ends with the agent, which says goodbye', async () => {
    const agent = system.startAgent('leaves');
    await until('the second host is seen', async () => {
      const hosts = await system.hosts(cookie);
      return hosts.some(({ tags, lastSeen }) => tags.includes('leaves') && lastSeen !== null);
    });
    const exited = once(agent, 'exit');
    agent.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});
