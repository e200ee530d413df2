import type { AgentReport, HostEvent, HostSummary, HostUpdate, List } from '@hostdeck/contracts';
import { Client, type LiveClient } from './client';
import { eventually, next } from './events';
import { startHub, type TestHub } from './hub';
import { TestAgent } from './test-agent';

const SET: AgentReport = { interval: 2_000, reason: 'set', collectors: [] };
const FAILING = { name: 'gpu', trouble: 'failing' as const, message: 'no driver', since: 5 };

describe('what an agent reports of itself', () => {
  let hub: TestHub;
  let admin: Client;
  let agent: TestAgent;
  let offset: number;
  let browser: LiveClient;

  beforeEach(async () => {
    offset = 0;
    hub = await startHub({ clock: () => Date.now() + offset });
    admin = await Client.signIn(hub.url);
    agent = await TestAgent.join(hub.url);
    browser = admin.live();
    await next(browser, 'connect');
  });
  afterEach(async () => {
    browser.close();
    await agent.leave();
    await hub.close();
  });

  const report = (change: Partial<AgentReport>) =>
    agent.socket.emitWithAck('report', { ...SET, ...change });
  const host = async () => (await admin.get(`/api/hosts/${agent.id}`)).body as HostSummary;
  const events = async () => {
    const { body } = await admin.get(`/api/hosts/${agent.id}/events`);
    return (body as List<HostEvent>).items.filter(({ kind }) => kind !== 'status').reverse();
  };

  it('is shown, live too, and survives a restart of the hub', async () => {
    expect((await host()).report).toBeNull();
    await browser.emitWithAck('watch', { room: 'host', hostId: agent.id });
    const update = eventually(
      () => next<HostUpdate>(browser, 'host'),
      (one) => one.report !== undefined,
    );
    const limited = { ...FAILING, trouble: 'limited' as const, message: 'not \u202eroot' };
    expect(await report({ collectors: [limited] })).toEqual({ ok: true });
    const shown = { ...SET, collectors: [{ ...limited, message: 'not \ufffdroot' }] };
    expect((await update).report).toEqual(shown);
    expect(await agent.sendAnything('report', { ...SET, interval: 7 })).toMatchObject({
      ok: false,
      code: 'malformed',
    });
    // What is only limited is no event.
    expect(await events()).toEqual([]);
    hub = await hub.restart();
    admin = await Client.signIn(hub.url);
    expect((await host()).report).toEqual(shown);
  });

  it('tells when a host samples less and when collectors fail, and when that is over, once', async () => {
    await report({});
    await report({ interval: 10_000, reason: 'battery', collectors: [FAILING] });
    await report({ interval: 10_000, reason: 'battery', collectors: [FAILING] });
    await report({ collectors: [{ ...FAILING, trouble: 'hanging' }] });
    await report({});
    // Again within minutes is no news; later it is.
    await report({ collectors: [FAILING] });
    await report({});
    offset += 11 * 60_000;
    await report({ collectors: [{ ...FAILING, trouble: 'hanging' }] });
    expect((await events()).map(({ kind, text }) => [kind, text])).toEqual([
      ['sampling_slowed', 'samples every 10 s only: on battery'],
      ['collector_failing', 'collector gpu fails: no driver'],
      ['sampling_restored', 'samples every 2 s again'],
      ['collector_recovered', 'collector gpu works again'],
      ['collector_failing', 'collector gpu hangs: no driver'],
    ]);
    await agent.leave();
    hub = await hub.restart();
    admin = await Client.signIn(hub.url);
    await agent.ready(hub.url);
    await report({ collectors: [{ ...FAILING, trouble: 'hanging' }] });
    await report({});
    const kinds = (await events()).map(({ kind }) => kind);
    expect(kinds.slice(5).filter((kind) => kind.startsWith('collector'))).toEqual([
      'collector_recovered',
    ]);
  });
});
