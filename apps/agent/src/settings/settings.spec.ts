import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Schema } from '@hostdeck/contracts';
import { AgentUnderTest, steadyCollector, type AgentOptions } from '../../test/agent-under-test';
import { TestHub } from '../../test/test-hub';
import type { Collector } from '../collectors/collector';
import { Logger } from '../log/logger';
import { SettingsKeeper, settingsPath } from './settings-keeper';

const load: Collector = {
  name: 'load',
  family: 'load',
  cadence: 0,
  deadline: 1_000,
  metrics: ['load.1'],
  collect(sink): undefined {
    sink.add('load.1', null, 1);
  },
};

describe('settings of the hub', () => {
  let hub: TestHub;
  let agent: AgentUnderTest;
  const collectors = [steadyCollector(), load];

  const start = async (options: AgentOptions = {}) => {
    agent = await AgentUnderTest.join(hub, { collectors, ...options });
    agent.daemon.start();
    await hub.reportWhere(() => true);
  };
  const nextSchema = async () => ((await once(hub, 'schema'))[0] as Schema).series;
  const kept = (configured = 1_000) => {
    const logger = new Logger({ level: 'warn', write: (line) => agent.log.push(line) });
    return new SettingsKeeper({ stateDir: agent.stateDir, configured, logger }).current;
  };

  beforeEach(async () => {
    hub = new TestHub();
    hub.interval = 1_000;
    await hub.start();
  });
  afterEach(async () => {
    await agent.dispose();
    await hub.stop();
  });

  it('are in force at once, and after a restart without the hub', async () => {
    await start();
    const schema = nextSchema();
    hub.sendSettings({ interval: 1_000, disabled: ['load', 'a-later-one'], later: true });
    expect(await schema).not.toContain('load.1');
    const report = hub.reportWhere(({ interval }) => interval === 7_000);
    hub.sendSettings({ interval: 7_000, adaptive: false, disabled: ['load'] });
    expect(await report).toMatchObject({ interval: 7_000, reason: 'set', collectors: [] });
    await hub.stop();
    await agent.daemon.stop();
    expect(kept()).toMatchObject({ interval: 7_000, adaptive: false, disabled: ['load'] });
    agent = agent.again({ collectors });
    agent.daemon.start();
    const { outbox } = agent;
    while (outbox.nextSeq === outbox.resumedAt) await new Promise(setImmediate);
    const own = outbox.read([outbox.resumedAt, outbox.nextSeq], () => 1);
    expect(own?.schema.series).toContain('uptime');
    expect(own?.schema.series).not.toContain('load.1');
  });

  it('that are wrong leave the old ones in force, and are reported until right ones come', async () => {
    await start();
    hub.sendSettings({ interval: 2_000 });
    await hub.reportWhere(({ interval }) => interval === 2_000);
    const refused = hub.reportWhere((report) => report.collectors.length > 0);
    hub.sendSettings({ interval: 10, disabled: [] });
    expect((await refused).interval).toBe(2_000);
    expect((await refused).collectors).toEqual([
      {
        name: 'settings',
        trouble: 'failing',
        message: expect.stringMatching(/^not applied: interval: /) as string,
        since: expect.any(Number) as number,
      },
    ]);
    expect(kept()).toMatchObject({ interval: 2_000 });
    const right = hub.reportWhere((report) => report.collectors.length === 0);
    hub.sendSettings({ interval: 1_000 });
    expect((await right).interval).toBe(1_000);
  });

  it('that are wrong in the greeting do not keep the agent from its hub', async () => {
    hub.interval = 0;
    await start();
    await hub.storedFrame(1);
    expect(agent.log.join()).toContain('settings from the hub are refused');
  });

  it('yield to another interval in the machine’s own configuration, and to nothing when damaged', async () => {
    await start();
    hub.sendSettings({ interval: 7_000, disabled: ['load'] });
    await hub.reportWhere(({ interval }) => interval === 7_000);
    expect(kept(3_000)).toMatchObject({ interval: 3_000, disabled: ['load'] });
    const path = settingsPath(agent.stateDir);
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 40));
    expect(kept(3_000)).toMatchObject({ interval: 3_000, disabled: [] });
    expect(agent.log.join()).toContain('kept settings are damaged');
  });
});
