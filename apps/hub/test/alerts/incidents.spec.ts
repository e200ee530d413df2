import type { Culprit, Incident, IncidentMessage } from '@hostdeck/contracts';
import { openStored } from '../stored';
import { AlertHub } from './alert-hub';

const CPU = {
  name: 'CPU busy',
  condition: { kind: 'above', metric: 'cpu.busy', threshold: 90, clear: 80 },
};
const MINUTE = 60_000;

describe('alerts', () => {
  let hub: AlertHub;

  beforeEach(async () => {
    hub = await AlertHub.start();
  });
  afterEach(() => hub.close());

  it('fire after the time they have to, are told once, and are resolved only below what clears them', async () => {
    await hub.addRule({ ...CPU, severity: 'critical', for: 30_000, clearFor: 20_000 });
    const web = await hub.join('web-1', ['site:a']);
    await hub.keepSending([web], 30, 95);
    await hub.settled();
    expect(await hub.messages()).toEqual([]);
    const firedAt = hub.now;
    await hub.send(web, 97.5);
    expect(await hub.said(1)).toEqual([
      ['problem', 'web-1: CPU busy 97.5 % (above 90 % for 30 s)'],
    ]);
    // Between both thresholds, below for too short a time, and up again: all of it is the same alert.
    for (const cpu of [85, 70, 95, 85]) {
      hub.now += 10_000;
      await hub.send(web, cpu);
    }
    for (let turn = 0; turn < 2; turn += 1) {
      hub.now += 10_000;
      await hub.send(web, 70);
    }
    await hub.settled();
    expect(await hub.said(1)).toHaveLength(1);
    await hub.send(web, 70);
    hub.now += 10_000;
    await hub.send(web, 70);
    const [problem, resolved] = await hub.said(2).then(() => hub.messages());
    expect(problem).toMatchObject<Partial<IncidentMessage>>({
      kind: 'problem',
      severity: 'critical',
      hosts: [{ id: web.id, name: 'web-1' }],
      tags: ['site:a'],
      rules: ['CPU busy'],
      startedAt: firedAt,
      resolvedAt: null,
    });
    expect(problem?.facts).toContainEqual({ label: 'Threshold', value: '90 %' });
    expect(problem?.text).toMatch(/^web-1: CPU busy 97\.5 % .*\nSince 20\d\d-\d\d-\d\d .* UTC\.$/);
    expect(resolved).toMatchObject({
      kind: 'resolved',
      incidentId: problem?.incidentId,
      resolvedAt: hub.now,
      title: 'Resolved: web-1: CPU busy 97.5 % (above 90 % for 30 s)',
    });
    const detail = await hub.admin.get(`/api/incidents/${problem?.incidentId ?? ''}`);
    expect((detail.body as Incident).timeline.map(({ kind }) => kind)).toEqual([
      'opened',
      'alert_fired',
      'notified',
      'alert_resolved',
      'resolved',
      'notified',
    ]);
  });

  it('that flap are four messages, however often they do', async () => {
    await hub.addRule(CPU);
    const web = await hub.join('web-1');
    for (let turn = 0; turn < 6; turn += 1) {
      await hub.send(web, 95);
      await hub.said(turn === 0 ? 1 : 3);
      hub.now += 10_000;
      await hub.send(web, 10);
      await hub.said(turn === 0 ? 2 : 3);
      hub.now += 10_000;
    }
    await hub.settled();
    expect(await hub.said(3)).toHaveLength(3);
    hub.now += 10 * MINUTE;
    const title = 'web-1: CPU busy 95 % (above 90 %)';
    expect((await hub.said(4)).map(([kind, words]) => [kind, words.startsWith(title)])).toEqual([
      ['problem', true],
      ['resolved', false],
      ['problem', true],
      ['resolved', false],
    ]);
    const [, , again] = await hub.messages();
    expect(again?.title).toContain('(again)');
    expect(await hub.incidents()).toMatchObject([{}, { alerts: 6, firing: 0 }]);
  });

  it('are not raised by late frames, and not resolved by them', async () => {
    await hub.addRule(CPU);
    const web = await hub.join('web-1');
    await hub.send(web, 50);
    await web.leave();
    hub.now += 10 * MINUTE;
    // It was busy while it could not reach the hub; now it is not.
    await web.connect();
    await web.hello({ oldestSeq: 1, newestSeq: 20 });
    await web.schema(1, ['cpu.busy', 'memory.used_share', 'filesystem.used_share{/}']);
    await web.send([20, hub.now, [10, 1, 1]]);
    await web.send([5, hub.now - 5 * MINUTE, [99, 1, 1]], [6, hub.now - 4 * MINUTE, [99, 1, 1]]);
    await hub.settled();
    expect(await hub.messages()).toEqual([]);
    // It is busy, and frames of a quiet time before come in: it is still busy.
    await web.send([21, hub.now, [99, 1, 1]]);
    expect(await hub.said(1)).toHaveLength(1);
    await web.send([7, hub.now - 3 * MINUTE, [1, 1, 1]]);
    // Frames that a stalled connection held up say nothing of now either, though they are new to the hub.
    hub.now += MINUTE;
    await web.send([22, hub.now - 50_000, [1, 1, 1]]);
    await hub.settled();
    expect(await hub.said(1)).toHaveLength(1);
  });

  it('of a restart in the middle of firing are told once, and resolved after it', async () => {
    await hub.addRule(CPU);
    await hub.addRule({
      name: 'Memory',
      condition: { kind: 'above', metric: 'memory.used_share', threshold: 90 },
      for: 60_000,
    });
    const web = await hub.join('web-1');
    for (let turn = 0; turn < 3; turn += 1) {
      await hub.send(web, 95, [95, 30]);
      hub.now += 10_000;
    }
    await hub.said(1);
    await hub.restart();
    await web.ready(hub.url);
    await hub.send(web, 96, [95, 30]);
    await hub.settled();
    expect(await hub.said(1)).toHaveLength(1);
    // Memory had been pending for 30 s before the restart: that counts.
    hub.now += 20_000;
    await hub.send(web, 10, [95, 30]);
    hub.now += 7_000;
    await hub.send(web, 10, [95, 30]);
    hub.now += 7_000;
    await hub.send(web, 10, [10, 30]);
    expect(await hub.said(4)).toEqual([
      ['problem', 'web-1: CPU busy 95 % (above 90 %)'],
      ['resolved', 'Resolved: web-1: CPU busy 95 % (above 90 %)'],
      ['problem', 'web-1: Memory used, share 95 % (above 90 % for 1 min)'],
      ['resolved', 'Resolved: web-1: Memory used, share 95 % (above 90 % for 1 min)'],
    ]);
  });

  it('of a host are one incident; its silence says it all, and its own alerts wait', async () => {
    await hub.addRule({ ...CPU, repeatAfter: MINUTE });
    await hub.addRule({ name: 'Host down', severity: 'critical', condition: { kind: 'down' } });
    const web = await hub.join('web-1');
    await hub.send(web, 95);
    await hub.said(1);
    hub.now += 40_000;
    await hub.becomes(web, 'down');
    hub.now += 6_000;
    expect(await hub.said(2)).toEqual([
      ['problem', 'web-1: CPU busy 95 % (above 90 %)'],
      ['escalation', 'web-1: silent: no data arrives and 1 more (worse)'],
    ]);
    hub.now += 10 * MINUTE;
    await hub.settled();
    expect(await hub.said(2)).toHaveLength(2);
    await hub.send(web, 95);
    // Back, and still busy: now the reminder is due.
    expect((await hub.said(3)).at(-1)).toEqual([
      'reminder',
      'web-1: CPU busy 95 % (above 90 %) (still)',
    ]);
    await hub.send(web, 10);
    expect((await hub.said(4)).at(-1)?.[0]).toBe('resolved');
    expect(await hub.incidents(`?host=${web.id}`)).toHaveLength(1);
  });

  it('of one rule on many hosts at once are one incident', async () => {
    await hub.addRule(CPU);
    const agents = await Promise.all(['a', 'b', 'c', 'd'].map((name) => hub.join(name)));
    for (const agent of agents) await hub.send(agent, 95);
    await hub.said(1);
    hub.now += 61_000;
    for (const agent of agents) await hub.send(agent, 95);
    const said = await hub.said(2);
    expect(said.map(([kind]) => kind)).toEqual(['problem', 'update']);
    expect(said[1]?.[1]).toMatch(/^CPU busy on 4 hosts: /);
    expect(await hub.incidents()).toMatchObject([{ scope: 'rule', hostCount: 4 }]);
  });

  it('are acknowledged, which stops reminders and escalation, and noted', async () => {
    await hub.addRule({
      ...CPU,
      repeatAfter: MINUTE,
      escalate: { after: 10 * MINUTE, severity: 'critical' },
    });
    const web = await hub.join('web-1');
    await hub.send(web, 95);
    await hub.said(1);
    hub.now += MINUTE;
    await hub.send(web, 95);
    expect((await hub.said(2))[1]?.[0]).toBe('reminder');
    const id = (await hub.incidents())[0]?.id ?? '';
    const operator = await hub.admin.script('operator');
    expect((await operator.post(`/api/incidents/${id}/acknowledgement`, {})).status).toBe(200);
    await operator.post(`/api/incidents/${id}/notes`, { text: 'a batch job' });
    hub.now += 20 * MINUTE;
    await hub.send(web, 95);
    await hub.settled();
    expect(await hub.said(2)).toHaveLength(2);
    await operator.post(`/api/incidents/${id}/acknowledgement`, { acknowledged: false });
    const said = await hub.said(3);
    expect(said[2]).toEqual(['escalation', 'web-1: CPU busy 95 % (above 90 %) (worse)']);
    const { body } = await hub.admin.get(`/api/incidents/${id}`);
    const lines = (body as Incident).timeline.map(({ kind, by }) => [kind, by]);
    expect(lines).toContainEqual(['note', 'script of operator']);
    expect(lines).toContainEqual(['severity_raised', null]);
    expect((await hub.admin.get('/api/alerts')).body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ host: { id: web.id, name: 'web-1' }, severity: 'critical' }),
      ]) as unknown[],
    });
  });

  it('name the processes that used most when they fired', async () => {
    await hub.addRule(CPU);
    const web = await hub.join('web-1');
    const culprits: Culprit[] = [
      [7, 1, 'cron', 'root', null, 2.5, 2 ** 20],
      [12, 1, 'ffmpeg\u202e', 'media', 'ffmpeg -i in.mkv', 380.2, 2 ** 28],
    ];
    await web.send([100, hub.now, [50, 1, 1], culprits]);
    await web.send([101, hub.now, [99, 1, 1]]);
    await hub.said(1);
    const [problem] = await hub.messages();
    expect(problem?.facts).toContainEqual({
      label: 'Top processes',
      value: 'ffmpeg\ufffd 380.2 % 256 MiB, cron 2.5 % 1 MiB',
    });
    const { body } = await hub.admin.get(`/api/incidents/${problem?.incidentId ?? ''}`);
    expect((body as Incident).culprits[0]).toMatchObject({ hostId: web.id, pid: 12, cpu: 380.2 });
  });

  it('that fire and are over while the database takes no writes are told once it does', async () => {
    await hub.addRule(CPU);
    const [web, db] = [await hub.join('web-1'), await hub.join('db-1')];
    await hub.send(web, 95);
    await hub.said(1);
    hub.now += 2 * MINUTE;
    const other = await openStored(hub.dataDir, false);
    await other.exec('BEGIN EXCLUSIVE');
    // Neither frame is stored, and both are seen.
    await Promise.all([web.send([50, hub.now, [10, 1, 1]]), db.send([50, hub.now, [95, 1, 1]])]);
    await hub.logged('what became of alerts waits');
    await other.exec('ROLLBACK');
    await other.close();
    const said = await hub.said(3);
    expect(new Set(said.map(([kind]) => kind))).toEqual(new Set(['problem', 'resolved']));
    await hub.settled();
    expect(await hub.said(3)).toHaveLength(3);
  });
});
