import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { failure, type Hello } from '@hostdeck/contracts';
import { AgentUnderTest, type AgentOptions } from '../../test/agent-under-test';
import { FreezingProxy } from '../../test/freezing-proxy';
import { TestHub } from '../../test/test-hub';

/** A certificate for this machine that nobody trusts. */
const STRANGER = (part: string) =>
  readFileSync(
    fileURLToPath(new URL(`../../../hub/test/fixtures/loopback-${part}.pem`, import.meta.url)),
  );

describe('the link and what goes wrong between agent and hub', () => {
  let hub: TestHub;
  let agent: AgentUnderTest | null = null;

  const join = async (options?: AgentOptions) => {
    agent = await AgentUnderTest.join(hub, options);
    return agent;
  };

  beforeEach(async () => {
    hub = new TestHub();
    hub.interval = 1_000;
    await hub.start();
  });
  afterEach(async () => {
    await agent?.dispose();
    agent = null;
    await hub.stop();
  });

  it('notices a connection that has fallen silent without being closed, and makes a new one', async () => {
    await hub.stop();
    // The hub announces these to the agent; the real ones, 5 and 8 s, make 13 s of silence.
    hub.ping = { interval: 150, timeout: 150 };
    await hub.start();
    const proxy = new FreezingProxy(Number(new URL(hub.url).port));
    const { daemon, log } = await join({ hub: await proxy.start(), ackDeadline: 60_000 });
    daemon.start();
    await hub.storedFrame(0);
    const again = once(hub, 'hello');
    proxy.freeze();
    await again;
    expect(log.join()).toContain('the connection was closed (ping timeout)');
    await hub.storedFrame(2);
    proxy.stop();
  });

  it.each([
    ['a name that no longer exists', 'http://hub.hostdeck.invalid', /ENOTFOUND|EAI_AGAIN/],
    ['a certificate of nobody it knows', 'https', /self.signed certificate/],
  ])('samples on while the hub has %s, and brings all of it later', async (_, address, reason) => {
    const requests: unknown[] = [];
    const stranger = createServer({ cert: STRANGER('cert'), key: STRANGER('key') }, (request) =>
      requests.push(request.url),
    );
    stranger.on('upgrade', (request) => requests.push(request.url));
    stranger.listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const hubAddress = address === 'https' ? `https://127.0.0.1:${port}` : address;
    const first = await join({ hub: hubAddress });
    first.daemon.start();
    while (first.outbox.newestSeq === null || first.outbox.newestSeq < 1) await delay(50);
    expect(first.log.join('\n')).toMatch(reason);
    await first.daemon.stop();
    expect(requests).toEqual([]);
    stranger.close();
    agent = first.again();
    agent.daemon.start();
    await hub.storedFrame(1);
    expect(hub.duplicates).toBe(0);
  });

  it('does not wait for ever for a hub that takes the connection and does not let it in', async () => {
    hub.admits = false;
    const { daemon, log } = await join({ connectDeadline: 100 });
    daemon.start();
    while (!log.join().includes('no answer within 100 ms')) await new Promise(setImmediate);
    hub.admits = true;
    await hub.storedFrame(0);
  });

  it('keeps the order of frames while the host’s clock jumps back and forth', async () => {
    const times = [5_000_000, 1_000_000, 9_000_000_000_000, 2_000_000];
    let tick = 0;
    const { daemon, outbox } = await join({ clock: () => times[tick++] ?? 3_000_000 });
    daemon.start();
    await hub.storedFrame(3);
    const stored = times.map((_, seq) => hub.stored.get(`${outbox.epoch} ${seq}`)?.[1]);
    expect(stored).toEqual(times);
    expect(hub.arrivals.slice(0, 4)).toEqual([0, 1, 2, 3]);
  });

  it('leaves out the metrics an older hub does not know, and brings everything else', async () => {
    const unknown = ['agent.cpu', 'uptime'];
    hub.judgeSchema = ({ series }) =>
      series.some((key) => unknown.includes(key))
        ? failure('unknown_metric', 'what is that')
        : null;
    const { daemon, log, outbox } = await join();
    daemon.start();
    await hub.storedFrame(1);
    const numbers = [...hub.schemas.values()];
    expect(numbers).toEqual([['agent.memory', 'agent.spool']]);
    const [, , values] = hub.stored.get(`${outbox.epoch} 1`) ?? [];
    expect(values?.[0]).toBeGreaterThan(10_000_000);
    expect(values).toHaveLength(2);
    expect(log.filter((line) => line.includes('does not know'))).toHaveLength(2);
    expect(daemon.link.setAside).toBe(0);
  });

  it('uses few schema numbers, however often the series change', async () => {
    const { daemon, outbox } = await join();
    for (let count = 0; count < 200; count += 1) {
      const series = ['uptime', `cpu.core.busy{${count}}`];
      outbox.append({ time: 1_000, schema: { series }, values: [count, 1] });
    }
    daemon.start();
    await hub.storedFrame(199);
    expect(hub.stored.size).toBeGreaterThanOrEqual(200);
    expect(hub.schemas.size).toBeLessThanOrEqual(64);
  });

  it('takes a new epoch when the hub has more than the outbox knows of, and loses nothing', async () => {
    // As after a power cut: of 10 frames that were there, 0 to 5 are left; the hub has 0 to 3 and 7 to 9.
    const { daemon, outbox } = await join({ backlog: 6 });
    const { epoch } = outbox;
    const hellos: Hello[] = [];
    hub.on('hello', (hello) => {
      hellos.push(hello);
      hub.storedRanges = [];
    });
    hub.storedRanges = [
      [0, 3],
      [7, 9],
    ];
    daemon.start();
    await hub.storedFrame(8);
    expect(hellos.map((hello) => hello.epoch)).toEqual([epoch, outbox.epoch]);
    expect(outbox.epoch).not.toBe(epoch);
    expect([...hub.stored.keys()].every((key) => key.startsWith(outbox.epoch))).toBe(true);
    expect([...new Set(hub.arrivals)].sort((a, b) => a - b).slice(0, 5)).toEqual([4, 5, 6, 7, 8]);
    expect(hub.duplicates).toBe(0);
  });
});
