import {
  DEFAULT_SETTINGS,
  type AgentSettings,
  type FleetSettings,
  type HostSettings,
} from '@hostdeck/contracts';
import { Client } from './client';
import { eventually, next } from './events';
import { startHub, type TestHub } from './hub';
import { readTable } from './stored';
import { TestAgent } from './test-agent';

describe('settings of agents', () => {
  let hub: TestHub;
  let admin: Client;
  let agent: TestAgent;

  beforeEach(async () => {
    hub = await startHub();
    admin = await Client.signIn(hub.url);
    agent = await TestAgent.join(hub.url);
  });
  afterEach(async () => {
    await agent.leave();
    await hub.close();
  });

  const put = (path: string, body: object) => admin.ask(path, { method: 'PUT', body });
  const ofHost = async () =>
    (await admin.get(`/api/hosts/${agent.id}/settings`)).body as HostSettings;
  const tag = (...tags: string[]) =>
    admin.ask(`/api/hosts/${agent.id}`, { method: 'PATCH', body: { tags } });
  /** What the agent is told by something that changes. */
  const told = async (change: () => Promise<unknown>) => {
    const settings = next<AgentSettings>(agent.socket, 'settings');
    await change();
    return settings;
  };

  it('are those of the host, of its tags, of the fleet, of the agent itself, in this order', async () => {
    expect(await ofHost()).toMatchObject({
      effective: DEFAULT_SETTINGS,
      sources: { interval: { from: 'default' }, disabled: { from: 'default' } },
      own: {},
    });
    await agent.leave();
    await agent.connect();
    expect(await agent.hello({ interval: 7_000 })).toMatchObject({
      ok: true,
      settings: { ...DEFAULT_SETTINGS, interval: 7_000 },
    });
    expect((await ofHost()).sources.interval).toEqual({ from: 'agent' });

    const fleet = { interval: 5_000, services: ['nginx'], adaptive: false };
    expect(await told(() => put('/api/settings/fleet', fleet))).toEqual({
      ...DEFAULT_SETTINGS,
      ...fleet,
    });
    await put('/api/settings/tags/web', { interval: 4_000, services: ['web'] });
    await put('/api/settings/tags/db:main', { interval: 3_000 });
    // The tags of a host count at once, of several the first by name.
    expect(await told(() => tag('web'))).toMatchObject({ interval: 4_000, services: ['web'] });
    expect(await told(() => tag('web', 'db:main'))).toMatchObject({
      interval: 3_000,
      services: ['web'],
      adaptive: false,
    });
    const own = { interval: 1_000, mounts: { include: ['/data*'], skip: [] } };
    expect(await told(() => put(`/api/hosts/${agent.id}/settings`, own))).toMatchObject(own);
    expect(await ofHost()).toMatchObject({
      own,
      effective: { ...own, services: ['web'], adaptive: false },
      sources: {
        interval: { from: 'host' },
        mounts: { from: 'host' },
        services: { from: 'tag', tag: 'web' },
        adaptive: { from: 'fleet' },
        commandLines: { from: 'default' },
      },
    });

    await agent.leave();
    hub = await hub.restart();
    admin = await Client.signIn(hub.url);
    expect(await agent.ready(hub.url)).toMatchObject({ settings: { ...own, services: ['web'] } });
    expect((await admin.get('/api/settings')).body as FleetSettings).toEqual({
      fleet,
      tags: [
        { tag: 'db:main', settings: { interval: 3_000 } },
        { tag: 'web', settings: { interval: 4_000, services: ['web'] } },
      ],
    });
    await told(() => put(`/api/hosts/${agent.id}/settings`, {}));
    const removed = await told(() => admin.ask('/api/settings/tags/db:main', { method: 'DELETE' }));
    expect(removed.interval).toBe(4_000);
    await told(() => tag());
    expect((await told(() => put('/api/settings/fleet', {}))).interval).toBe(2_000);
  });

  it('are checked field by field, and written down with who set them', async () => {
    const wrong: [object, string][] = [
      [{ interval: 500 }, 'interval'],
      [{ interval: '2000' }, 'interval'],
      [{ intervall: 2_000 }, 'intervall'],
      [{ disabled: ['cpu', 'nonsense'] }, 'disabled.1'],
      [{ mounts: { include: [''], skip: [] } }, 'mounts.include.0'],
      [{ services: Array.from({ length: 51 }, () => 'a') }, 'services'],
      [{ commandLines: 'all' }, 'commandLines'],
    ];
    for (const [body, path] of wrong) {
      const answer = await put('/api/settings/fleet', body);
      expect(answer.body).toMatchObject({ status: 400, errors: [{ path }] });
    }
    expect((await put('/api/settings/tags/%3Cb%3E', {})).status).toBe(400);
    expect((await put(`/api/hosts/${'f'.repeat(32)}/settings`, {})).status).toBe(404);
    const polluted = '{"__proto__":{"interval":1000},"interval":3000}';
    expect((await admin.ask('/api/settings/fleet', { method: 'PUT', body: polluted })).status).toBe(
      400,
    );
    expect(await readTable(hub.dataDir, 'agent_settings')).toEqual([]);

    await put(`/api/hosts/${agent.id}/settings`, { interval: 3_000 });
    const audit = (await readTable(hub.dataDir, 'audit')).filter(
      ({ action }) => action === 'settings_changed',
    );
    expect(audit).toMatchObject([{ actor: 'admin' }]);
    expect(JSON.parse(String(audit[0]?.detail))).toEqual({
      scope: 'host',
      id: agent.id,
      settings: '{"interval":3000}',
    });
    await admin.ask(`/api/hosts/${agent.id}`, { method: 'DELETE' });
    await eventually(
      () => readTable(hub.dataDir, 'agent_settings'),
      ({ length }) => length === 0,
    );
  });
});
