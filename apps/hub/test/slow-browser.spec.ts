import type { FleetUpdate } from '@hostdeck/contracts';
import { Client, type LiveClient } from './client';
import { eventually, next } from './events';
import { startHub, type TestHub } from './hub';
import { tcpOf } from './pausing';
import { TestAgent } from './test-agent';

describe('a browser that stops reading', () => {
  let hub: TestHub;
  let agent: TestAgent;
  let slow: LiveClient;
  let quick: LiveClient;

  beforeEach(async () => {
    hub = await startHub();
    agent = await TestAgent.join(hub.url);
    const admin = await Client.signIn(hub.url);
    [slow, quick] = [admin.live(), admin.live()];
    await Promise.all([next(slow, 'connect'), next(quick, 'connect')]);
  });
  afterEach(async () => {
    slow.close();
    quick.close();
    await agent.leave();
    await hub.close();
  });

  it('does not slow the others down, and sees the newest when it reads again', async () => {
    // Large frames fill the buffers of the sockets in between quickly.
    const series = Array.from(
      { length: 1_900 },
      (_, core) => `cpu.core.busy{${'x'.repeat(60)}${String(core)}}`,
    );
    await agent.schema(2, ['cpu.busy', ...series]);
    for (const client of [slow, quick]) {
      await client.emitWithAck('watch', { room: 'fleet' });
      await client.emitWithAck('watch', { room: 'host', hostId: agent.id });
    }
    const seen = { slow: 0, quick: 0 };
    let slowCard: FleetUpdate['cards'][number] | undefined;
    slow.on('host', ({ frames }) => void (seen.slow += frames.length));
    quick.on('host', ({ frames }) => void (seen.quick += frames.length));
    slow.on('fleet', ({ cards }) => void (slowCard = cards[0]));
    tcpOf(slow).pause();
    const sent = 700;
    const values = series.map((_, index) => index + 0.123456789);
    const { epoch } = agent;
    const acks: Promise<unknown>[] = [];
    for (let seq = 0; seq < sent; seq += 5) {
      const frames = [0, 1, 2, 3, 4].map((step): [number, number, number[]] => [
        seq + step,
        seq + step,
        [seq + step, ...values],
      ]);
      acks.push(agent.socket.emitWithAck('frames', { epoch, schema: 2, frames }));
      if (acks.length % 10 === 0) await Promise.all(acks);
    }
    await Promise.all(acks);
    await eventually(
      () => seen.quick,
      (count) => count === sent,
    );
    expect(seen.slow).toBe(0);
    tcpOf(slow).resume();
    await eventually(
      () => slowCard?.values.cpu,
      (cpu) => cpu === sent - 1,
    );
    expect(seen.slow).toBeGreaterThan(0);
    expect(seen.slow).toBeLessThan(sent);
  });
});
