import type {
  Focus,
  ProcessesAnswer,
  ProcessesSnapshot,
  ProcessesUpdate,
  ProcessIdentity,
  ProcessScan,
  ProcessState,
  ProcessValues,
  Result,
} from '@hostdeck/contracts';
import { Client, type LiveClient } from './client';
import { eventually, next } from './events';
import { startHub, type TestHub } from './hub';
import { tcpOf } from './pausing';
import { TestAgent } from './test-agent';

const AT = 1_750_000_000_000;
const REPORT = { interval: 2_000, reason: 'set' as const, collectors: [] };

function scanOf(
  rows: readonly [
    pid: number,
    name: string,
    cpu: number | null,
    change?: Partial<ProcessIdentity>,
  ][],
  change: Partial<ProcessScan> = {},
): ProcessScan {
  return {
    at: AT,
    first: true,
    last: true,
    total: rows.length,
    memoryTotal: 8_000_000,
    appeared: rows.map(([pid, name, , own]) => ({
      pid,
      started: AT - 1_000,
      ppid: 1,
      name,
      user: 'root',
      command: null,
      ...own,
    })),
    values: rows.map(([pid, , cpu]): ProcessValues => {
      const state: ProcessState = cpu === null ? 'sleeping' : 'running';
      return [pid, state, cpu, pid * 1_000, null, 0, 1, null];
    }),
    gone: [],
    ...change,
  };
}

describe('focus and processes', () => {
  let hub: TestHub;
  let admin: Client;
  let agent: TestAgent;
  let browsers: LiveClient[];
  let focuses: Focus[];

  const listen = () => {
    focuses = [];
    agent.socket.on('focus', (focus) => focuses.push(focus));
  };
  const browse = async () => {
    const browser = admin.live();
    browsers.push(browser);
    await next(browser, 'connect');
    return browser;
  };
  const watch = async (browser: LiveClient) => {
    const watched = await browser.emitWithAck('watch', { room: 'processes', hostId: agent.id });
    expect(watched.ok).toBe(true);
    return (watched as Extract<Result<{ snapshot: ProcessesSnapshot }>, { ok: true }>).snapshot;
  };
  const focused = (count: number) =>
    eventually(
      () => focuses,
      ({ length }) => length >= count,
    );
  const scan = (part: ProcessScan) => agent.socket.emitWithAck('processes', part);
  const ask = (query = '') => admin.get(`/api/hosts/${agent.id}/processes${query}`);

  beforeEach(async () => {
    hub = await startHub({
      limits: {
        focus: { lease: 5_000, renew: 1_000 },
        processes: { patience: 1_000, linger: 300, silence: 300 },
      },
    });
    admin = await Client.signIn(hub.url);
    agent = await TestAgent.join(hub.url);
    browsers = [];
    listen();
    await agent.socket.emitWithAck('report', REPORT);
  });
  afterEach(async () => {
    for (const browser of browsers) browser.close();
    await agent.leave();
    await hub.close();
  });

  it('begin with the first who looks, are renewed, and end with the last who leaves or is gone', async () => {
    const [first, second] = [await browse(), await browse()];
    await first.emitWithAck('watch', { room: 'host', hostId: agent.id });
    await second.emitWithAck('watch', { room: 'host', hostId: agent.id });
    await watch(second);
    await focused(3);
    expect(focuses).toEqual(
      expect.arrayContaining([
        { lease: 5_000, processes: false },
        { lease: 5_000, processes: true },
      ]),
    );
    // The third at the latest is a renewal.
    expect(focuses.at(-1)).toEqual({ lease: 5_000, processes: true });
    await first.emitWithAck('unwatch', { room: 'host', hostId: agent.id });
    listen();
    await second.emitWithAck('unwatch', { room: 'processes', hostId: agent.id });
    await eventually(
      () => focuses,
      (all) => all.some(({ lease, processes }) => lease === 5_000 && !processes),
    );
    second.close();
    await eventually(
      () => focuses.at(-1),
      (last) => last?.lease === 0,
    );
  });

  it('are told to an agent that comes back, which begins with a first scan', async () => {
    const browser = await browse();
    expect(await watch(browser)).toMatchObject({ scan: null, unavailable: null });
    await focused(1);
    expect(await scan(scanOf([[1, 'init', 0.1]]))).toEqual({ ok: true });
    await agent.leave();
    const other = await browse();
    expect(await watch(other)).toMatchObject({
      scan: null,
      unavailable: 'the agent of this host is not connected',
    });
    expect((await ask()).body).toMatchObject({ status: 503 });
    const settled = agent.connect();
    listen();
    await settled;
    agent.socket.on('focus', (focus) => focuses.push(focus));
    await agent.hello();
    await focused(1);
    expect(focuses[0]).toEqual({ lease: 5_000, processes: true });
    expect(await scan(scanOf([], { first: false }))).toMatchObject({ code: 'out_of_order' });
    const seen = next<ProcessesUpdate>(browser, 'processes');
    expect(await scan(scanOf([[2, 'cron', 1]]))).toEqual({ ok: true });
    expect(await seen).toMatchObject({ hostId: agent.id, scan: { first: true, total: 1 } });
  });

  it('show whole scans as differences, and all of it to who comes later', async () => {
    const browser = await browse();
    await watch(browser);
    const updates: ProcessesUpdate[] = [];
    browser.on('processes', (update) => updates.push(update));
    await scan(scanOf([[1, 'init', 0.1]], { last: false, total: 2 }));
    await scan(scanOf([[2, '__proto__', 5, { command: '<b>\u202e' }]], { first: false, total: 2 }));
    await scan(scanOf([], { first: false, at: AT + 1, total: 1, gone: [1] }));
    await eventually(
      () => updates.length,
      (count) => count === 2,
    );
    expect(updates[0]?.scan).toMatchObject({
      first: true,
      appeared: [{ pid: 1 }, { pid: 2, name: '__proto__', command: '<b>\ufffd' }],
    });
    expect(updates[1]?.scan).toMatchObject({ first: false, appeared: [], values: [], gone: [1] });
    const later = await watch(await browse());
    expect(later.scan).toMatchObject({ first: true, at: AT + 1, appeared: [{ pid: 2 }] });
    // What does not add up is refused; what was known is forgotten, and the next first scan is good again.
    expect(
      await scan(scanOf([], { first: false, values: [[99, 'idle', 1, 1, 1, 1, 1, 1]] })),
    ).toMatchObject({ ok: false, code: 'out_of_order' });
    expect((await watch(await browse())).scan).toBeNull();
    expect(await scan(scanOf([[3, 'cron', 1]]))).toEqual({ ok: true });
    const wrong = { ...scanOf([]), values: [[1, 'asleep']] };
    expect(await agent.sendAnything('processes', wrong)).toMatchObject({ code: 'malformed' });
  });

  it('answer a question when nobody looks, sorted, filtered and cut, and end soon after', async () => {
    const rows = scanOf([
      [1, 'init', 0.1],
      [2, 'Cron', null, { user: 'app', command: 'cron -f' }],
      [3, 'cc1plus', 99, { user: null }],
    ]);
    agent.socket.on('focus', ({ processes }) => {
      if (!processes) return;
      const values = rows.values.map(([pid, state, , ...rest]): ProcessValues => [
        pid,
        state,
        null,
        ...rest,
      ]);
      void scan({ ...rows, values });
      // The first scan does not know yet what processes use.
      void scan({ ...rows, first: false, at: AT + 1, appeared: [], total: 7 });
    });
    const names = async (query: string) =>
      ((await ask(query)).body as ProcessesAnswer).items.map(({ name }) => name);
    const { body } = await ask();
    expect(body).toMatchObject({ at: AT + 1, total: 7, sent: 3, matched: 3 });
    expect(await names('')).toEqual(['cc1plus', 'init', 'Cron']);
    expect(await names('?order=asc')).toEqual(['init', 'cc1plus', 'Cron']);
    expect(await names('?sort=name&order=asc')).toEqual(['cc1plus', 'Cron', 'init']);
    expect(await names('?filter=CRON')).toEqual(['Cron']);
    expect(await names('?user=root&limit=1')).toEqual(['init']);
    expect(await names('?state=sleeping')).toEqual(['Cron']);
    expect((await ask('?sort=__proto__')).status).toBe(400);
    await eventually(
      () => focuses.at(-1),
      (last) => last?.lease === 0,
    );
    expect(await scan(rows)).toMatchObject({ ok: false, code: 'out_of_order' });
  });

  it('that do not come are told why', async () => {
    expect((await ask()).body).toMatchObject({
      status: 503,
      detail: expect.stringMatching(/in time/) as string,
    });
    const { id } = agent;
    const off = { disabled: ['processes'] };
    await admin.ask(`/api/hosts/${id}/settings`, { method: 'PUT', body: off });
    expect((await ask()).body).toMatchObject({
      status: 409,
      detail: expect.stringMatching(/turned off/) as string,
    });
    await admin.ask(`/api/hosts/${id}/settings`, { method: 'PUT', body: {} });
    // An agent of before: it answers to nothing of this, and goes on.
    const old = await TestAgent.join(hub.url, 'old');
    const answer = await admin.get(`/api/hosts/${old.id}/processes`);
    expect(answer.body).toMatchObject({
      status: 409,
      detail: expect.stringMatching(/too old/) as string,
    });
    expect(await old.send([0, Date.now(), [1, 2, 3]])).toEqual({ ok: true, fresh: 1 });
    await old.leave();
  });

  it('do not pile up for a browser that stops reading; it sees the whole table when it reads again', async () => {
    const [slow, quick] = [await browse(), await browse()];
    for (const browser of [slow, quick]) await watch(browser);
    const [slowSeen, quickSeen]: [ProcessScan[], ProcessScan[]] = [[], []];
    slow.on('processes', ({ scan: seen }) => slowSeen.push(seen));
    quick.on('processes', ({ scan: seen }) => quickSeen.push(seen));
    const rows = (turn: number) =>
      Array.from({ length: 250 }, (_, pid): [number, string, number, { command: string }] => [
        pid,
        `p${String(pid)}`,
        turn,
        { command: 'x'.repeat(600) },
      ]);
    tcpOf(slow).pause();
    const turns = 150;
    for (let turn = 0; turn < turns; turn += 1) {
      expect(await scan(scanOf(rows(turn), { at: AT + turn }))).toEqual({ ok: true });
    }
    await eventually(
      () => quickSeen.length,
      (count) => count === turns,
    );
    expect(slowSeen).toEqual([]);
    tcpOf(slow).resume();
    await eventually(
      () => slowSeen.at(-1)?.at,
      (at) => at === AT + turns - 1,
    );
    expect(slowSeen.length).toBeLessThan(turns);
    expect(slowSeen.at(-1)).toEqual(quickSeen.at(-1));
  });
});
