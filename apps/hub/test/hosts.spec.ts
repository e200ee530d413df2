import { setTimeout as delay } from 'node:timers/promises';
import type { HostSummary, List } from '@hostdeck/contracts';
import { Client } from './client';
import { startHub, type TestHub } from './hub';
import { openStored, readTable } from './stored';
import { TestAgent } from './test-agent';

describe('the list of hosts', () => {
  let hub: TestHub;
  let admin: Client;

  beforeAll(async () => {
    hub = await startHub();
    admin = await Client.signIn(hub.url);
    for (const name of ['a', 'b', 'c', 'd', 'e']) await TestAgent.enroll(hub.url, name);
  });
  afterAll(() => hub.close());

  it('is read page by page, each host once', async () => {
    const names: string[] = [];
    const pages: number[] = [];
    let cursor = '';
    do {
      const { body } = await admin.get(`/api/hosts?limit=2${cursor}`);
      const { items, next } = body as List<HostSummary>;
      names.push(...items.map(({ name }) => name));
      pages.push(items.length);
      cursor = next === undefined ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(pages).toEqual([2, 2, 1]);
  });

  it.each([['limit=0'], ['limit=1001'], ['limit=x'], ['cursor=x'], ['cursor=1e999']])(
    'refuses %s',
    async (query) => {
      expect((await admin.get(`/api/hosts?${query}`)).status).toBe(400);
    },
  );

  it('takes changes of name and tags, cleans them, keeps them and writes down who made them', async () => {
    const [host] = ((await admin.get('/api/hosts?limit=1')).body as List<HostSummary>).items;
    const path = `/api/hosts/${host?.id ?? ''}`;
    const change = (body: object) => admin.ask(path, { method: 'PATCH', body });
    const changed = await change({ name: ' web\u202e ', tags: ['web', 'web', 'site:berlin'] });
    expect(changed.body).toMatchObject({ name: 'web\ufffd', tags: ['web', 'site:berlin'] });
    expect((await change({ tags: ['<b>'] })).body).toMatchObject({
      status: 400,
      errors: [{ path: 'tags.0' }],
    });
    expect((await change({ status: 'live' })).status).toBe(400);
    const audit = await readTable(hub.dataDir, 'audit');
    expect(audit.filter(({ action }) => action === 'host_changed')).toMatchObject([
      { actor: 'admin' },
    ]);
    hub = await hub.restart();
    admin = await Client.signIn(hub.url);
    expect((await admin.get(path)).body).toMatchObject({
      name: 'web\ufffd',
      tags: ['web', 'site:berlin'],
    });
  });

  it('shows the last values after a restart, also behind a host whose own can not be read', async () => {
    const ids: string[] = [];
    for (const name of ['f', 'g']) {
      const agent = await TestAgent.join(hub.url, name);
      await agent.send([0, Date.now(), [12, 34, 56]]);
      await agent.leave();
      ids.push(agent.id);
    }
    const { dataDir } = hub;
    hub = await hub.restart(async () => {
      const stored = await openStored(dataDir, false);
      await stored.exec("UPDATE journal SET vals = x'' WHERE id = (SELECT min(id) FROM journal)");
      await stored.close();
    });
    admin = await Client.signIn(hub.url);
    const cpuOf = async (id = '') =>
      ((await admin.get(`/api/hosts/${id}`)).body as HostSummary).latest['cpu.busy'];
    for (let looks = 0; looks < 50 && (await cpuOf(ids[1])) === undefined; looks += 1) {
      await delay(20);
    }
    expect(await cpuOf(ids[1])).toBe(12);
    expect(await cpuOf(ids[0])).toBeUndefined();
  });
});
