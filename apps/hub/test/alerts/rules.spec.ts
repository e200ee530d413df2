import type {
  Alert,
  List,
  AlertRule,
  AlertsSnapshot,
  AlertsUpdate,
  BacktestAnswer,
  FleetUpdate,
  HostThresholds,
} from '@hostdeck/contracts';
import { eventually, next } from '../events';
import { FACTS } from '../test-agent';
import { AlertHub } from './alert-hub';

const MINUTE = 60_000;
const CPU = {
  name: 'CPU busy',
  condition: { kind: 'above', metric: 'cpu.busy', threshold: 90, clear: 80 },
};

describe('rules', () => {
  let hub: AlertHub;

  beforeEach(async () => {
    hub = await AlertHub.start();
  });
  afterEach(() => hub.close());

  it('come with Hostdeck for every host, and are not made again once they were removed', async () => {
    const fresh = await AlertHub.start({ rules: true });
    const [first] = await fresh.rules();
    const names = (await fresh.rules()).map(({ name }) => name);
    expect(names).toContain('Host down');
    expect(names).toContain('Filesystem full within 24 hours');
    await fresh.admin.ask(`/api/alert-rules/${first?.id ?? ''}`, { method: 'DELETE' });
    await fresh.restart();
    expect(await fresh.rules()).toHaveLength(names.length - 1);
    const web = await fresh.join('web-1');
    for (let turn = 0; turn < 5; turn += 1) {
      await fresh.send(web, 10, [20, 99]);
      fresh.now += 30_000;
    }
    expect((await fresh.said(1))[0]?.[1]).toContain('Filesystem used, share / 99 %');
    await fresh.close();
  });

  it('differ for a tag, and for a host; the host has the last word', async () => {
    const rule = await hub.addRule(CPU);
    const [plain, batch, quiet] = [
      await hub.join('plain'),
      await hub.join('batch', ['batch']),
      await hub.join('quiet', ['batch']),
    ];
    const path = `/api/alert-rules/${rule.id}/overrides`;
    await hub.admin.post(path, { target: { tag: 'batch' }, threshold: 99, severity: 'info' });
    await hub.admin.post(path, { target: { host: quiet.id }, enabled: false });
    await hub.admin.post(path, { target: { host: batch.id }, threshold: 98 });
    for (const agent of [plain, batch, quiet]) await hub.send(agent, 95);
    expect(await hub.said(1)).toEqual([['problem', 'plain: CPU busy 95 % (above 90 %)']]);
    hub.now += 2 * MINUTE;
    for (const agent of [batch, quiet]) await hub.send(agent, 98.5);
    expect((await hub.said(2))[1]).toEqual(['problem', 'batch: CPU busy 98.5 % (above 98 %)']);
    const shown = async ({ id }: { id: string }, query = '') =>
      (await hub.admin.get(`/api/hosts/${id}/thresholds${query}`)).body as HostThresholds;
    const cpu = { name: 'CPU busy', kind: 'above', metric: 'cpu.busy', instance: '*' };
    const asked = await shown(batch);
    expect(asked.thresholds).toMatchObject([
      { ...cpu, severity: 'info', threshold: 98, clear: 88, isOverridden: true },
    ]);
    expect(asked.firings).toMatchObject([
      { ruleId: rule.id, severity: 'info', series: 'cpu.busy', from: hub.now, to: null },
    ]);
    expect((await shown(batch, `?to=${hub.now - MINUTE}`)).firings).toEqual([]);
    expect((await shown(plain)).thresholds).toMatchObject([
      { ...cpu, severity: 'warning', threshold: 90, clear: 80, isOverridden: false },
    ]);
    expect((await shown(quiet)).thresholds).toEqual([]);
    // What clears it has moved with the threshold: 88.
    await hub.send(batch, 87.9);
    expect((await hub.said(3))[2]?.[0]).toBe('resolved');
    await hub.admin.ask(`${path}?host=${quiet.id}`, { method: 'DELETE' });
    await hub.send(quiet, 99.9);
    expect((await hub.said(4))[3]).toEqual(['problem', 'quiet: CPU busy 99.9 % (above 99 %)']);
    const refused = await hub.admin.post(path, { target: { tag: 'batch' }, clear: 95 });
    expect(refused.body).toMatchObject({ status: 400, errors: [{ path: 'clear' }] });
  });

  it('that are changed by several at once keep all that was changed', async () => {
    const { id } = await hub.addRule(CPU);
    const path = `/api/alert-rules/${id}`;
    const tags = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all([
      ...tags.map((tag) => hub.admin.post(`${path}/overrides`, { target: { tag }, threshold: 99 })),
      hub.admin.ask(path, { method: 'PATCH', body: { name: 'Busy' } }),
      hub.admin.ask(path, { method: 'PATCH', body: { severity: 'critical' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const changed = (await hub.admin.get(path)).body as AlertRule;
    expect(changed).toMatchObject({ name: 'Busy', severity: 'critical' });
    const targets = changed.overrides.map(({ target }) => target);
    expect(targets).toHaveLength(tags.length);
    expect(targets).toEqual(expect.arrayContaining(tags.map((tag) => ({ tag }))));
  });

  it('that are changed or removed end what fires by them', async () => {
    const rule = await hub.addRule(CPU);
    const web = await hub.join('web-1');
    await hub.send(web, 95);
    await hub.said(1);
    await hub.admin.ask(`/api/alert-rules/${rule.id}`, {
      method: 'PATCH',
      body: { enabled: false },
    });
    expect((await hub.said(2))[1]?.[0]).toBe('resolved');
    const changed = (await hub.rules()).find(({ id }) => id === rule.id);
    expect(changed).toMatchObject({ ...rule, enabled: false, updatedAt: hub.now });
  });

  it('say what is missing, changed, grows or will be', async () => {
    const web = await hub.join('web-1');
    const rule = (name: string, condition: object, more: object = {}) =>
      hub.addRule({ name, severity: 'critical', condition, ...more });
    await rule('gone', { kind: 'absent', metric: 'cpu.busy' }, { for: 20_000 });
    await rule('grows', {
      kind: 'rate',
      metric: 'memory.used_share',
      threshold: 0.05,
      window: 10 * MINUTE,
    });
    await rule(
      'full soon',
      {
        kind: 'predicted',
        metric: 'filesystem.used_share',
        instance: '/*',
        threshold: 100,
        window: 10 * MINUTE,
        within: 60 * MINUTE,
      },
      { message: '{host}: {instance} will be full ({threshold}) {value' },
    );
    // Memory grows by 0.1 percent a second, the filesystem by 1 percent a minute from 30.
    for (let step = 0; step <= 40; step += 1) {
      await hub.send(web, 10, [step, 30 + step / 6]);
      hub.now += 10_000;
    }
    await hub.settled();
    const { body } = await hub.admin.get(`/api/alerts?host=${web.id}`);
    const texts = (body as List<Alert>).items.map(({ ruleName, text }) => [
      ruleName,
      text.replace(/[\d.]+ % per/, 'N % per'),
    ]);
    expect(texts).toEqual([
      [
        'grows',
        'Memory used, share changes by N % per second over 10 min (above 0.05 % per second)',
      ],
    ]);
    for (let step = 41; step <= 400; step += 8) {
      await hub.send(web, null, [40, Math.min(99, 30 + step / 5)]);
      hub.now += 10_000;
    }
    await hub.settled();
    const later = (await hub.admin.get(`/api/alerts?host=${web.id}`)).body as List<Alert>;
    expect(later.items.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'CPU busy has no value for 20 s',
        'web-1: / will be full (100 %) {value',
      ]),
    );
  });

  it('say once that a value is missing, however long it is', async () => {
    const web = await hub.join('web-1');
    // So that it stays live between its frames.
    await hub.admin.ask(`/api/hosts/${web.id}/settings`, {
      method: 'PUT',
      body: { interval: MINUTE },
    });
    await hub.addRule({ name: 'gone', condition: { kind: 'absent', metric: 'cpu.busy' } });
    for (let minute = 0; minute <= 12; minute += 1) {
      await hub.send(web, null);
      hub.now += MINUTE;
    }
    await hub.settled();
    await hub.settled();
    expect(await hub.said(1)).toEqual([['problem', 'web-1: CPU busy has no value']]);
    await hub.send(web, 10);
    expect((await hub.said(2))[1]?.[0]).toBe('resolved');
  });

  it('go on with what fired when a host that was silent is back with frames that do not know everything yet', async () => {
    const web = await hub.join('web-1');
    await hub.admin.ask(`/api/hosts/${web.id}/settings`, {
      method: 'PUT',
      body: { interval: MINUTE },
    });
    await hub.addRule(CPU);
    await hub.send(web, 95);
    await hub.said(1);
    hub.now += 15 * MINUTE;
    await hub.send(web, null);
    await hub.settled();
    await hub.settled();
    expect(await hub.said(1)).toHaveLength(1);
    await hub.send(web, 10);
    expect((await hub.said(2))[1]?.[0]).toBe('resolved');
  });

  it('that look back know what was before they were made', async () => {
    const web = await hub.join('web-1');
    for (let step = 0; step < 60; step += 1) {
      await hub.send(web, 10, [20, 30 + step / 3]);
      hub.now += 10_000;
    }
    const madeAt = hub.now;
    await hub.addRule({
      name: 'full soon',
      condition: {
        kind: 'predicted',
        metric: 'filesystem.used_share',
        threshold: 100,
        window: 10 * MINUTE,
        within: 60 * MINUTE,
      },
    });
    // With nothing but its own frames it would have to wait for half of its window.
    const fires = async () => {
      await hub.send(web, 10, [20, 50]);
      hub.now += 1_000;
      return (await hub.admin.get(`/api/alerts?host=${web.id}`)).body as List<Alert>;
    };
    await eventually(fires, ({ items }) => items.length === 1);
    expect(hub.now - madeAt).toBeLessThan(4 * MINUTE);
  });

  it('say that two machines use one identity', async () => {
    await hub.addRule({ name: 'Identity used twice', condition: { kind: 'identity_cloned' } });
    const web = await hub.join('web-1');
    for (const bootId of ['one', 'two', 'one', 'two']) {
      await web.connect();
      await web.hello({ facts: { ...FACTS, bootId } });
    }
    expect(await hub.said(1)).toEqual([['problem', expect.stringContaining('web-1: ') as string]]);
  });

  it('that make no sense are refused, and say why', async () => {
    const refused = async (change: object) =>
      (await hub.admin.post('/api/alert-rules', { ...CPU, ...change })).body;
    expect(await refused({ condition: { ...CPU.condition, clear: 95 } })).toMatchObject({
      errors: [
        {
          path: 'condition.clear',
          message: 'what clears an alert above a threshold is not above it',
        },
      ],
    });
    expect(await refused({ condition: { ...CPU.condition, metric: 'cpu.bizzy' } })).toMatchObject({
      errors: [{ path: 'condition.metric', message: 'unknown metric "cpu.bizzy"' }],
    });
    expect(await refused({ message: 'see {hots}' })).toMatchObject({
      errors: [{ path: 'message', message: expect.stringContaining('{host}') as string }],
    });
    expect(await refused({ for: -1 })).toMatchObject({ errors: [{ path: 'for' }] });
  });

  it('are tried out on what was, with the same judgement as live', async () => {
    const rule = await hub.addRule({ ...CPU, for: 20_000, clearFor: 20_000 });
    const [web, idle] = [await hub.join('web-1'), await hub.join('idle')];
    const began = hub.now;
    for (const cpu of [10, 95, 97, 96, 85, 70, 70, 70, 10, 92, 10]) {
      await hub.send(web, cpu);
      await hub.send(idle, 5);
      hub.now += 10_000;
    }
    const viewer = await hub.admin.script('viewer');
    const { id: ruleId, ...definition } = rule;
    const tried = {
      name: definition.name,
      condition: definition.condition,
      for: definition.for,
      clearFor: definition.clearFor,
    };
    const { status, body } = await viewer.post('/api/alert-rules/backtest', {
      rule: tried,
      ruleId,
    });
    expect(status).toBe(200);
    expect(body as BacktestAnswer).toMatchObject({
      firings: 1,
      hostsMatching: 2,
      hostsChecked: 2,
      step: 0,
      capped: null,
      hosts: [
        {
          id: web.id,
          name: 'web-1',
          count: 1,
          firings: [{ series: 'cpu.busy', from: began + 30_000, to: began + 70_000, worst: 96 }],
        },
      ],
    });
    // It has fired live at the same moment.
    const [incident] = await hub.incidents(`?host=${web.id}`);
    expect(incident).toMatchObject({ openedAt: began + 30_000, resolvedAt: began + 70_000 });
    const down = await viewer.post('/api/alert-rules/backtest', {
      rule: { name: 'down', condition: { kind: 'down' } },
      from: began - MINUTE,
    });
    expect(down.body).toMatchObject({ firings: 0, hostsChecked: 2 });
  });

  it('show what fires in the live feed and on the card of the host', async () => {
    const web = await hub.join('web-1');
    const socket = hub.admin.live();
    await next(socket, 'connect');
    const result = await socket.emitWithAck('watch', { room: 'alerts' });
    expect(result).toMatchObject({
      ok: true,
      snapshot: { room: 'alerts', counts: { critical: 0 }, incidents: [] },
    });
    const rule: AlertRule = await hub.addRule({ ...CPU, severity: 'critical' });
    await socket.emitWithAck('watch', { room: 'fleet' });
    const update = next<AlertsUpdate>(socket, 'alerts');
    const fleet = next<FleetUpdate>(socket, 'fleet');
    await hub.send(web, 95);
    expect(await update).toMatchObject({
      counts: { critical: 1, warning: 0 },
      incidents: [{ severity: 'critical', rules: [rule.name], firing: 1, resolvedAt: null }],
    });
    expect((await fleet).cards[0]).toMatchObject({
      id: web.id,
      alerts: { worst: 'critical', count: 1 },
    });
    const again = await socket.emitWithAck('watch', { room: 'alerts' });
    expect((again as { snapshot: AlertsSnapshot }).snapshot.incidents).toHaveLength(1);
    const over = next<AlertsUpdate>(socket, 'alerts');
    const removal = next<FleetUpdate>(socket, 'fleet');
    await hub.admin.ask(`/api/hosts/${web.id}`, { method: 'DELETE' });
    expect(await over).toMatchObject({ counts: { critical: 0 }, incidents: [{ firing: 0 }] });
    expect(await removal).toMatchObject({ cards: [], removed: [web.id] });
    expect((await hub.said(2)).map(([kind]) => kind)).toEqual(['problem', 'resolved']);
    socket.close();
  });
});
