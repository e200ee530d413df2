import type { Alert, Incident, List, Silence } from '@hostdeck/contracts';
import { FACTS, SERIES, type TestAgent } from '../test-agent';
import { AlertHub } from './alert-hub';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CPU = {
  name: 'CPU busy',
  condition: { kind: 'above', metric: 'cpu.busy', threshold: 90, clear: 80 },
};
const DOWN = { name: 'Host down', severity: 'critical', condition: { kind: 'down' } };

describe('hosts that fall silent', () => {
  let hub: AlertHub;

  beforeEach(async () => {
    hub = await AlertHub.start();
    await hub.addRule(DOWN);
  });
  afterEach(() => hub.close());

  it('together are one message, and one more when all are back', async () => {
    const site: TestAgent[] = [];
    for (let number = 1; number <= 15; number += 1) {
      site.push(await hub.join(`a-${number}`, ['web', 'site:a']));
    }
    const elsewhere = await hub.join('b-1', ['site:b']);
    const [survivor, ...lost] = site;
    if (survivor === undefined) throw new Error('there is no host');
    for (const agent of [...site, elsewhere]) await hub.send(agent, 10);
    hub.now += 32_000;
    for (const agent of [survivor, elsewhere]) await hub.send(agent, 10);
    for (const agent of lost) await hub.becomes(agent, 'down');
    await hub.settled();
    const [problem, ...others] = await hub.said(1).then(() => hub.messages());
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      kind: 'problem',
      severity: 'critical',
      title: '14 of 15 hosts of site a silent',
      tags: ['web', 'site:a'],
    });
    expect(problem?.hosts).toHaveLength(14);
    for (const agent of lost.slice(1)) await hub.send(agent, 10);
    await hub.settled();
    expect(await hub.said(1)).toHaveLength(1);
    await hub.send(lost[0] ?? survivor, 10);
    expect(await hub.said(2)).toEqual([
      ['problem', '14 of 15 hosts of site a silent'],
      ['resolved', 'Resolved: 14 of 15 hosts of site a silent'],
    ]);
  });

  it('while the hub itself was off for an hour are not charged, and those that stay away are told of later', async () => {
    await hub.addRule({ name: 'Stale', hosts: { name: 'gone' }, condition: { kind: 'stale' } });
    const [back, gone] = [await hub.join('back'), await hub.join('gone')];
    for (const agent of [back, gone]) await hub.send(agent, 10);
    await hub.restart(HOUR);
    await back.ready(hub.url);
    await hub.send(back, 10);
    await hub.settled();
    expect(await hub.messages()).toEqual([]);
    hub.now += 55_000;
    await hub.send(back, 10);
    await hub.becomes(gone, 'down');
    await hub.settled();
    expect(await hub.said(1)).toEqual([['problem', 'gone: silent: no data arrives and 1 more']]);
  });

  it('after they said that they restart are left in peace for a while', async () => {
    await hub.addRule({ name: 'Rebooted', condition: { kind: 'restarted' } });
    const web = await hub.join('web-1');
    await hub.send(web, 10);
    await web.socket.emitWithAck('goodbye', { reason: 'restart', message: '' });
    await web.leave();
    hub.now += 45_000;
    await hub.settled();
    await web.connect();
    await web.hello({ facts: { ...FACTS, bootId: 'another' } });
    await web.schema(1, [...SERIES]);
    await hub.send(web, 10);
    await hub.settled();
    expect(await hub.messages()).toEqual([]);
    // Without a word it is news.
    await web.leave();
    await web.connect();
    await web.hello({ facts: { ...FACTS, bootId: 'a third' } });
    expect(await hub.said(1)).toEqual([['problem', 'web-1: the host was rebooted']]);
  });
});

describe('silences', () => {
  let hub: AlertHub;

  beforeEach(async () => {
    hub = await AlertHub.start();
    await hub.addRule(CPU);
  });
  afterEach(() => hub.close());

  const silence = async (body: object) => {
    const operator = await hub.admin.script('operator');
    const answer = await operator.post('/api/silences', body);
    expect(answer.status).toBe(201);
    return answer.body as Silence;
  };
  const once = (from: number, until: number) => ({ kind: 'once', from, until });

  it('keep a problem from being told, not from being recorded; it is told when they end and it is still there', async () => {
    const web = await hub.join('web-1', ['web']);
    const { isActive } = await silence({
      reason: 'deployment',
      hosts: { tags: ['web'] },
      schedule: once(hub.now, hub.now + 10 * MINUTE),
    });
    expect(isActive).toBe(true);
    await hub.send(web, 95);
    await hub.settled();
    expect(await hub.messages()).toEqual([]);
    const [incident] = await hub.incidents(`?host=${web.id}`);
    expect(incident).toMatchObject({ firing: 1, isQuiet: true });
    hub.now += 10 * MINUTE;
    expect(await hub.said(1)).toEqual([['problem', 'web-1: CPU busy 95 % (above 90 %)']]);
    const { body } = await hub.admin.get(`/api/incidents/${incident?.id ?? ''}`);
    const { timeline, openedAt } = body as Incident;
    expect(timeline.map(({ kind }) => kind)).toEqual([
      'opened',
      'alert_fired',
      'silenced',
      'notified',
    ]);
    expect(hub.now - openedAt).toBeGreaterThan(10 * MINUTE);
  });

  it('over a problem that was told do not keep its resolution; of what nobody was told, nothing is resolved', async () => {
    const [web, db] = [await hub.join('web-1'), await hub.join('db-1')];
    await hub.send(web, 95);
    await hub.said(1);
    hub.now += 2 * MINUTE;
    await silence({ reason: 'night', schedule: once(hub.now, hub.now + HOUR) });
    await hub.send(db, 95);
    await hub.settled();
    for (const agent of [web, db]) await hub.send(agent, 10);
    await hub.settled();
    expect(await hub.said(2)).toEqual([
      ['problem', 'web-1: CPU busy 95 % (above 90 %)'],
      ['resolved', 'Resolved: web-1: CPU busy 95 % (above 90 %)'],
    ]);
    expect(await hub.incidents(`?host=${db.id}&state=resolved`)).toHaveLength(1);
  });

  it('until an incident is resolved hold over it as long as it is open, and not a moment longer', async () => {
    const web = await hub.join('web-1');
    await hub.send(web, 95);
    await hub.said(1);
    const [incident] = await hub.incidents();
    const { ruleId } = ((await hub.admin.get('/api/alerts')).body as List<Alert>).items[0] ?? {};
    const body = {
      reason: 'known',
      hostIds: [web.id],
      rules: [ruleId],
      schedule: once(hub.now, hub.now + 7 * 24 * HOUR),
      incident: incident?.id ?? '',
    };
    await silence(body);
    const over = async () =>
      (await hub.admin.get(`/api/silences?incident=${body.incident}`)).body as List<Silence>;
    expect((await over()).items).toMatchObject([{ reason: 'known', isActive: true }]);
    await hub.restart();
    await web.ready(hub.url);
    await hub.send(web, 95);
    await hub.settled();
    expect(await hub.incidents(`?host=${web.id}`)).toMatchObject([{ isQuiet: true }]);
    await hub.send(web, 10);
    expect((await hub.said(2))[1]).toEqual([
      'resolved',
      'Resolved: web-1: CPU busy 95 % (above 90 %)',
    ]);
    expect((await over()).items).toEqual([]);
    expect((await hub.admin.get('/api/silences')).body).toMatchObject({
      items: [{ isActive: false, start: null, end: null }],
    });
    expect((await hub.admin.post('/api/silences', body)).status).toBe(409);
    hub.now += 30 * MINUTE;
    await hub.send(web, 96);
    expect((await hub.said(3))[2]).toEqual(['problem', 'web-1: CPU busy 96 % (above 90 %)']);
  });

  it('that cannot be understood are refused, and say why', async () => {
    const refused = async (schedule: object) =>
      (await hub.admin.post('/api/silences', { reason: 'x', schedule })).body;
    const recurring = { kind: 'recurring', cron: '0 3 * * 0', timeZone: 'UTC', duration: HOUR };
    expect(await refused({ ...recurring, timeZone: 'Mars/Base' })).toMatchObject({
      status: 400,
      errors: [{ path: 'schedule.timeZone' }],
    });
    expect(await refused({ ...recurring, cron: '99 3 * * 0' })).toMatchObject({
      status: 400,
      errors: [{ path: 'schedule.cron' }],
    });
    expect(await refused(once(5, 5))).toMatchObject({ errors: [{ path: 'schedule.until' }] });
  });
});

describe('maintenance windows over the change to summer time', () => {
  let hub: AlertHub;

  beforeEach(async () => {
    hub = await AlertHub.start({ at: Date.parse('2026-03-28T12:00:00Z') });
    await hub.addRule(CPU);
  });
  afterEach(() => hub.close());

  it('follow the clocks of their time zone, and are told after', async () => {
    const web = await hub.join('web-1');
    // At 03:00 in Berlin, two o'clock in UTC; from the night on in which the clocks go forward, one.
    await hub.admin.post('/api/silences', {
      reason: 'backup',
      schedule: { kind: 'recurring', cron: '0 3 * * *', timeZone: 'Europe/Berlin', duration: HOUR },
    });
    const window = async () => {
      const { body } = await hub.admin.get('/api/silences');
      const [found] = (body as { items: Silence[] }).items;
      return [found?.isActive, new Date(found?.start ?? 0).toISOString()];
    };
    expect(await window()).toEqual([false, '2026-03-29T01:00:00.000Z']);
    hub.now = Date.parse('2026-03-29T00:59:00Z');
    await hub.send(web, 95);
    expect(await hub.said(1)).toHaveLength(1);
    await hub.send(web, 10);
    await hub.said(2);
    hub.now = Date.parse('2026-03-29T01:30:00Z');
    expect(await window()).toEqual([true, '2026-03-29T01:00:00.000Z']);
    await hub.send(web, 96);
    await hub.settled();
    expect(await hub.said(2)).toHaveLength(2);
    hub.now = Date.parse('2026-03-29T02:00:00Z');
    expect((await hub.said(3))[2]).toEqual(['problem', 'web-1: CPU busy 96 % (above 90 %)']);
    expect(await window()).toEqual([false, '2026-03-30T01:00:00.000Z']);
  });
});
