import type { Board, BoardContent, List } from '@hostdeck/contracts';
import { Client } from './client';
import { startHub, type TestHub } from './hub';

const CONTENT: BoardContent = {
  name: 'Databases',
  shared: false,
  charts: [
    { title: 'CPU', hosts: ['a'.repeat(32)], top: 5, metrics: ['cpu.busy', 'load.1'] },
    { title: '', hosts: [], top: 3, metrics: ['memory.used'] },
  ],
};

describe('boards', () => {
  let hub: TestHub;
  let admin: Client;
  let operator: Client;
  let viewer: Client;

  beforeAll(async () => {
    hub = await startHub();
    admin = await Client.signIn(hub.url);
    operator = await admin.script('operator');
    viewer = await admin.script('viewer');
  });
  afterAll(() => hub.close());

  const names = async (client: Client) =>
    ((await client.get('/api/boards')).body as List<Board>).items.map(({ name }) => name);
  const put = (client: Client, id: string, change: Partial<BoardContent>) =>
    client.ask(`/api/boards/${id}`, { method: 'PUT', body: { ...CONTENT, ...change } });

  it('are kept for whoever made them, also for a viewer, and shown to nobody else', async () => {
    const made = await viewer.post('/api/boards', CONTENT);
    expect(made.status).toBe(201);
    const { id, mayChange, charts } = made.body as Board;
    expect({ mayChange, charts }).toEqual({ mayChange: true, charts: CONTENT.charts });
    expect(await names(viewer)).toEqual(['Databases']);
    expect(await names(admin)).toEqual([]);
    for (const answer of [
      await admin.get(`/api/boards/${id}`),
      await put(admin, id, {}),
      await admin.ask(`/api/boards/${id}`, { method: 'DELETE' }),
    ]) {
      expect(answer.status).toBe(404);
    }
    expect((await put(viewer, id, { name: 'Mine' })).status).toBe(200);
    expect(await names(viewer)).toEqual(['Mine']);
    expect((await viewer.ask(`/api/boards/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await names(viewer)).toEqual([]);
  });

  it('are shared and changed by operators, and seen by all', async () => {
    expect((await viewer.post('/api/boards', { ...CONTENT, shared: true })).status).toBe(403);
    const made = await operator.post('/api/boards', { ...CONTENT, shared: true });
    const { id } = made.body as Board;
    expect((await viewer.get(`/api/boards/${id}`)).body).toMatchObject({ mayChange: false });
    expect((await put(viewer, id, { shared: true, name: 'Taken' })).status).toBe(403);
    expect((await put(admin, id, { shared: true, name: 'Ours' })).status).toBe(200);
    expect(await names(viewer)).toEqual(['Ours']);
    // Nobody else's any more, it is its owner's alone again.
    expect((await put(admin, id, { shared: false })).status).toBe(200);
    expect(await names(viewer)).toEqual([]);
    expect(await names(operator)).toEqual(['Databases']);
  });

  it('have bounds, and say what is wrong with which field', async () => {
    const chart = { title: '', hosts: [], top: 3, metrics: ['no.such'] };
    const wrong = await viewer.post('/api/boards', { name: ' ', shared: false, charts: [chart] });
    expect(wrong.status).toBe(400);
    expect(wrong.body).toMatchObject({
      errors: [{ path: 'name' }, { path: 'charts.0.metrics.0' }],
    });
    const many = Array.from({ length: 25 }, () => CONTENT.charts[1]);
    expect((await viewer.post('/api/boards', { ...CONTENT, charts: many })).status).toBe(400);
    const hostile = await viewer.post('/api/boards', { ...CONTENT, name: '\u202ex\u0000' });
    expect((hostile.body as Board).name).toBe('\ufffdx\ufffd');
  });
});
