import { SchemaSchema } from '@hostdeck/contracts';
import type { Collector } from '../collectors/collector';
import { Logger } from '../log/logger';
import { Sampler } from './sampler';

const lines: string[] = [];
const logger = new Logger({ level: 'debug', write: (line) => lines.push(line) });

function collector(parts: Partial<Collector> & Pick<Collector, 'collect'>): Collector {
  return { name: 'test', cadence: 0, deadline: 1_000, metrics: [], ...parts };
}

/** A collector that adds an uptime of `value` whenever it reads. */
function steady(value: number): Collector {
  return collector({
    metrics: ['uptime'],
    collect(sink): undefined {
      sink.add('uptime', null, value);
    },
  });
}

describe('a sample', () => {
  beforeEach(() => {
    lines.length = 0;
  });

  it('has the values of all collectors in the order of its schema, rounded', async () => {
    const sampler = new Sampler(
      [
        steady(12.4),
        collector({
          collect(sink): undefined {
            sink.add('cpu.core.busy', '0', 33.333);
            sink.add('cpu.core.busy', '1', Number.NaN);
          },
        }),
      ],
      logger,
    );
    const frame = await sampler.sample(2_000);
    expect(frame.schema.series).toEqual(['uptime', 'cpu.core.busy{0}', 'cpu.core.busy{1}']);
    expect(frame.values).toEqual([12, 33.3, null]);
    expect(Math.abs(frame.time - Date.now())).toBeLessThan(60_000);
  });

  it('keeps its schema until the series change', async () => {
    let cores = ['0', '1'];
    const cpu = collector({
      collect(sink): undefined {
        for (const core of cores) sink.add('cpu.core.busy', core, 1);
      },
    });
    const sampler = new Sampler([cpu], logger);
    const first = await sampler.sample(2_000);
    const second = await sampler.sample(2_000);
    expect(second.schema).toBe(first.schema);
    cores = ['0'];
    const third = await sampler.sample(2_000);
    expect(third.schema).not.toBe(first.schema);
    expect(third.schema.series).toEqual(['cpu.core.busy{0}']);
  });

  it('has unknown for a collector that throws, says so once, and has the others', async () => {
    let broken = false;
    const sampler = new Sampler(
      [
        collector({
          name: 'broken',
          metrics: ['load.1'],
          collect(sink): undefined {
            if (broken) throw new Error('no such thing');
            sink.add('load.1', null, 0.5);
          },
        }),
        steady(1),
      ],
      logger,
    );
    expect((await sampler.sample(2_000)).values).toEqual([0.5, 1]);
    broken = true;
    const first = await sampler.sample(2_000);
    const second = await sampler.sample(2_000);
    expect(first.schema.series).toEqual(['load.1', 'uptime']);
    expect(second.values).toEqual([null, 1]);
    expect(sampler.health[0]).toEqual({
      name: 'broken',
      failures: 2,
      hanging: false,
      problem: 'no such thing',
      trouble: 'failing',
      since: expect.any(Number) as number,
    });
    expect(lines.filter((line) => line.includes('collector broken: no such thing'))).toHaveLength(
      1,
    );
    broken = false;
    expect((await sampler.sample(2_000)).values).toEqual([0.5, 1]);
    expect(sampler.health[0]?.problem).toBeNull();
  });

  it('has unknown from the first frame on for a collector that never worked', async () => {
    const never = collector({
      metrics: ['load.1'],
      collect: () => Promise.reject(new Error('never')),
    });
    const frame = await new Sampler([never], logger).sample(2_000);
    expect(frame.schema.series).toEqual(['load.1']);
    expect(frame.values).toEqual([null]);
  });

  it('waits for a hanging collector no longer than its deadline, and does not start it again', async () => {
    let started = 0;
    let letGo: () => void = () => undefined;
    const hanging = collector({
      name: 'hanging',
      deadline: 20,
      metrics: ['load.1'],
      collect: (sink) => {
        started += 1;
        return new Promise((resolve) => {
          letGo = () => {
            sink.add('load.1', null, 7);
            resolve();
          };
        });
      },
    });
    const sampler = new Sampler([hanging, steady(1)], logger);
    expect((await sampler.sample(2_000)).values).toEqual([null, 1]);
    expect(sampler.health[0]).toMatchObject({
      failures: 1,
      hanging: true,
      problem: 'no answer within 20 ms',
    });
    expect((await sampler.sample(2_000)).values).toEqual([null, 1]);
    expect(started).toBe(1);

    letGo();
    await new Promise(setImmediate);
    expect(sampler.health[0]?.hanging).toBe(false);
    const next = sampler.sample(2_000);
    letGo();
    expect((await next).values).toEqual([7, 1]);
    expect(started).toBe(2);
  });

  it('repeats the value of a slower collector, which is not read before its time', async () => {
    let readings = 0;
    const slow = collector({
      cadence: 10_000,
      metrics: ['load.1'],
      collect: (sink) => {
        readings += 1;
        sink.add('load.1', null, readings);
        return Promise.resolve();
      },
    });
    const sampler = new Sampler([slow], logger);
    expect((await sampler.sample(2_000)).values).toEqual([1]);
    expect((await sampler.sample(2_000)).values).toEqual([1]);
    expect(readings).toBe(1);
  });

  it('has no series of what is turned off, and has them again when it is on', async () => {
    const cpu = collector({
      name: 'cores',
      family: 'cpu',
      collect(sink): undefined {
        sink.add('cpu.core.busy', '0', 1);
      },
    });
    const sampler = new Sampler([cpu, steady(1)], logger);
    const before = await sampler.sample(2_000);
    sampler.turnOff(['cpu', 'load']);
    const off = await sampler.sample(2_000);
    expect([off.schema.series, off.values]).toEqual([['uptime'], [1]]);
    expect(sampler.health.map(({ name }) => name)).toEqual(['test']);
    sampler.turnOff([]);
    expect((await sampler.sample(2_000)).schema.series).toEqual(before.schema.series);
  });

  it('says since when a collector is in trouble, and what kind of trouble it is', async () => {
    let now = 1_000;
    let problem: 'none' | 'missing' | 'broken' = 'missing';
    const shaky = collector({
      collect(sink): undefined {
        if (problem === 'broken') throw new Error('broken');
        if (problem === 'missing') sink.warn('half of it is missing');
      },
    });
    const sampler = new Sampler([shaky], logger, () => now);
    const troubleAt = async (time: number) => {
      now = time;
      await sampler.sample(2_000);
      const { trouble, since } = sampler.health[0] ?? {};
      return [trouble, since];
    };
    expect(await troubleAt(1_000)).toEqual(['limited', 1_000]);
    expect(await troubleAt(2_000)).toEqual(['limited', 1_000]);
    problem = 'broken';
    expect(await troubleAt(3_000)).toEqual(['failing', 3_000]);
    problem = 'none';
    expect(await troubleAt(4_000)).toEqual([null, null]);
  });

  it('has every series once, also of instances whose long names begin alike, and of one without a name', async () => {
    const path = `/srv/${'x'.repeat(300)}`;
    const mounts = collector({
      collect(sink): undefined {
        for (const [index, mount] of [`${path}/a`, `${path}/b`, `${path}/c`, ''].entries()) {
          sink.add('filesystem.used', mount, index * 4096);
          sink.add('filesystem.free', mount, index * 4096);
        }
      },
    });
    const sampler = new Sampler([mounts], logger);
    const { schema, values } = await sampler.sample(2_000);
    expect(values).toEqual([0, 0, 4096, 4096, 8192, 8192, 12288, 12288]);
    expect(SchemaSchema.safeParse({ number: 0, series: schema.series }).error).toBeUndefined();
    expect((await sampler.sample(2_000)).schema).toBe(schema);
  });

  it('has no half of a character in a name that was cut', async () => {
    const mounts = collector({
      collect(sink): undefined {
        sink.add('filesystem.used', '/' + '\u{1f600}'.repeat(150), 0);
      },
    });
    const { schema } = await new Sampler([mounts], logger).sample(2_000);
    expect(schema.series[0]?.isWellFormed()).toBe(true);
  });

  it('cuts a host with too many series to the limit of the protocol and says so', async () => {
    const many = collector({
      collect(sink): undefined {
        for (let core = 0; core < 3_000; core += 1) sink.add('cpu.core.busy', String(core), 1);
      },
    });
    const frame = await new Sampler([many], logger).sample(2_000);
    expect(frame.schema.series).toHaveLength(2_000);
    expect(frame.values).toHaveLength(2_000);
    expect(lines.join()).toContain('3000 series, of which the first 2000 are sent');
  });
});
