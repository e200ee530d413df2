import { rm } from 'node:fs/promises';
import { Client } from './client';
import { eventually } from './events';
import { temporaryFolder } from './hub';
import { buildHub, HubProcess, type Program } from './hub-process';
import { KeepingAgent } from './keeping-agent';
import { TestAgent } from './test-agent';

const AGENTS = 100;
/** How often an agent samples here, ms; its frames are stamped a second apart, so that each has its own time. */
const SAMPLE_EVERY = 200;

describe('the hub killed in the middle of the load of a hundred agents', () => {
  let program: Program;
  let dataDir: string;
  let hub: HubProcess;

  beforeAll(async () => {
    program = await buildHub();
    dataDir = await temporaryFolder();
  });
  afterAll(async () => {
    await hub.kill('SIGKILL');
    await program.remove();
    await rm(dataDir, { recursive: true, force: true });
  });

  const run = async () => {
    hub = HubProcess.run(program, {
      HOSTDECK_PORT: '0',
      HOSTDECK_JOIN_TOKEN: 'join-token-of-the-tests',
      HOSTDECK_ADMIN_USERNAME: 'admin',
      HOSTDECK_ADMIN_PASSWORD: 'correct horse battery',
      HOSTDECK_LOG_LEVEL: 'error',
      HOSTDECK_DATA_DIR: dataDir,
    });
    return hub.ready();
  };

  it('has every frame once after it is back', async () => {
    let url = await run();
    const start = Date.now() - 3_600_000;
    const agents = await Promise.all(
      Array.from({ length: AGENTS }, async (_, index) => {
        return new KeepingAgent(await TestAgent.enroll(url, `host-${String(index)}`), start);
      }),
    );
    await Promise.all(agents.map((agent) => agent.connect(url)));
    for (const agent of agents) agent.begin(SAMPLE_EVERY);
    const every = (enough: (agent: KeepingAgent) => boolean) =>
      eventually(
        () => agents.every(enough),
        (all) => all,
      );
    for (const [acked, kept] of [
      [10, 15],
      [40, 10],
    ] as const) {
      await every((agent) => agent.acked >= acked);
      await hub.kill('SIGKILL');
      // It is off until every agent keeps a backlog.
      await every((agent) => agent.keptCount >= kept);
      url = await run();
      await Promise.all(agents.map((agent) => agent.connect(url)));
    }
    for (const agent of agents) agent.end();
    await every(({ keptCount }) => keptCount === 0);

    const admin = await Client.signIn(url);
    for (const { agent, sampled } of agents) {
      const { series } = await admin.series(agent.id, {
        metric: 'cpu.busy',
        from: String(start),
        to: String(start + sampled.length * 1_000),
        maxPoints: '5000',
      });
      expect(series[0]?.points).toEqual(sampled.map(([, at, [cpu = null]]) => [at, cpu, cpu, cpu]));
      await agent.leave();
    }
  }, 90_000);
});
