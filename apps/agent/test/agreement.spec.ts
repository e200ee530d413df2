import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { platformCollectors } from '../src/collectors/platform-collectors';
import { Logger } from '../src/log/logger';
import { Sampler, type SampledFrame } from '../src/sampler/sampler';

/** Time over which the rates are compared, ms. */
const SPAN = 2_000;

function valueOf({ schema, values }: SampledFrame, key: string): number | null {
  return values[schema.series.indexOf(key)] ?? null;
}

/** Processor time by mode since boot, in ticks. */
function cpuTicks(): number[] {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  return line.split(/\s+/).slice(1, 9).map(Number);
}

function memoryUsed(): number {
  const text = readFileSync('/proc/meminfo', 'utf8');
  const of = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(text)?.[1]);
  return (of('MemTotal') - of('MemAvailable')) * 1024;
}

function received(name: string, what: 'bytes' | 'packets'): number {
  return Number(readFileSync(`/sys/class/net/${name}/statistics/rx_${what}`, 'utf8'));
}

function contextSwitches(): number {
  return Number(/^ctxt (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]);
}

function kibibytes(name: string): number {
  const text = readFileSync('/proc/meminfo', 'utf8');
  return Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(text)?.[1]) * 1024;
}

/** TCP connections of this machine one by one, those that count as established: what `ss` lists (RFC 4022, tcpCurrEstab). */
function connections(): number {
  const established = ['01', '08'];
  const lines = ['tcp', 'tcp6'].flatMap((name) =>
    existsSync(`/proc/net/${name}`) ? readFileSync(`/proc/net/${name}`, 'utf8').split('\n') : [],
  );
  return lines.filter((line) => established.includes(line.trim().split(/\s+/)[3] ?? '')).length;
}

/** Opens connections of this machine to itself. @returns what closes them */
async function connect(count: number): Promise<() => void> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted: Socket[] = [];
  server.on('connection', (socket) => accepted.push(socket));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  const sockets = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = createConnection(address.port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    }),
  );
  return () => {
    for (const socket of [...sockets, ...accepted]) socket.destroy();
    server.close();
  };
}

/** Whether two readings of something that moves, not taken at the very same moment, are of the same thing. */
function isNear(one: number | null, other: number, share: number): boolean {
  return one !== null && Math.abs(one - other) <= Math.max(Math.abs(other) * share, 10);
}

describe('a frame of this machine', () => {
  it('agrees with what other readings of the same time say', async () => {
    const logger = new Logger({ level: 'error', write: () => undefined });
    const sampler = new Sampler(
      await platformCollectors({ platform: process.platform, textfileDir: '/nowhere' }),
      logger,
    );
    const first = await sampler.sample(SPAN);
    const ticksBefore = cpuTicks();
    const interfaces = first.schema.series.flatMap(
      (key) => /^network\.receive_bytes\{(.*)\}$/.exec(key)?.[1] ?? [],
    );
    const receivedBefore = interfaces.map((name) => received(name, 'bytes'));
    const packetsBefore = interfaces.map((name) => received(name, 'packets'));
    const switchesBefore = contextSwitches();
    const startedAt = performance.now();
    await delay(SPAN);
    const frame = await sampler.sample(SPAN);
    const ticks = cpuTicks().map((tick, mode) => tick - (ticksBefore[mode] ?? 0));
    const memory = memoryUsed();
    const elapsed = (performance.now() - startedAt) / 1000;
    const switches = (contextSwitches() - switchesBefore) / elapsed;
    const packets = interfaces.map(
      (name, index) => (received(name, 'packets') - (packetsBefore[index] ?? NaN)) / elapsed,
    );

    const total = ticks.reduce((sum, tick) => sum + tick, 0);
    const busy = ((total - (ticks[3] ?? 0) - (ticks[4] ?? 0)) / total) * 100;
    expect(Math.abs((valueOf(frame, 'cpu.busy') ?? NaN) - busy)).toBeLessThanOrEqual(2);

    expect(Math.abs((valueOf(frame, 'memory.used') ?? NaN) / memory - 1)).toBeLessThanOrEqual(0.01);

    const used = Number(
      execFileSync('df', ['-B1', '--output=used', '/'], { encoding: 'utf8' }).split('\n')[1],
    );
    const filesystem = valueOf(frame, 'filesystem.used{/}') ?? NaN;
    expect(Math.abs(filesystem / used - 1)).toBeLessThanOrEqual(0.01);

    for (const [index, name] of interfaces.entries()) {
      const rate = (received(name, 'bytes') - (receivedBefore[index] ?? NaN)) / elapsed;
      const sampled = valueOf(frame, `network.receive_bytes{${name}}`) ?? NaN;
      // The two readings of a counter are some milliseconds apart: what came in between is allowed.
      expect(Math.abs(sampled - rate)).toBeLessThanOrEqual(Math.max(20_000, rate * 0.05));
    }

    expect(isNear(valueOf(frame, 'cpu.context_switches'), switches, 0.2)).toBe(true);
    for (const [index, name] of interfaces.entries()) {
      const rate = valueOf(frame, `network.receive_packets{${name}}`);
      expect(isNear(rate, packets[index] ?? NaN, 0.2)).toBe(true);
    }
    // These were read in the first frame, a moment before or after; on a busy machine processes come and go.
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
    expect(isNear(valueOf(frame, 'processes.total'), processes, 0.3)).toBe(true);
    expect(isNear(valueOf(frame, 'memory.slab'), kibibytes('Slab'), 0.1)).toBe(true);
    expect(isNear(valueOf(frame, 'memory.committed'), kibibytes('Committed_AS'), 0.5)).toBe(true);
    const [itotal, iused] = execFileSync('df', ['--output=itotal,iused', '/'], { encoding: 'utf8' })
      .split('\n')[1]
      ?.trim()
      .split(/\s+/)
      .map(Number) ?? [NaN, NaN];
    const share = ((iused ?? NaN) / (itotal ?? NaN)) * 100;
    expect(Math.abs((valueOf(frame, 'filesystem.inodes_used{/}') ?? NaN) - share)).toBeLessThan(1);
  });

  it('counts the connections that are there one by one', async () => {
    const logger = new Logger({ level: 'error', write: () => undefined });
    const sampler = new Sampler(
      await platformCollectors({ platform: process.platform, textfileDir: '/nowhere' }),
      logger,
    );
    await sampler.sample(SPAN);
    // So many that what others do between the two readings does not matter; both ends are of this machine.
    const close = await connect(150);
    try {
      const established = valueOf(await sampler.sample(SPAN), 'tcp.established');
      expect(isNear(established, connections(), 0.2)).toBe(true);
      expect(established).toBeGreaterThanOrEqual(300);
    } finally {
      close();
    }
  });
});
