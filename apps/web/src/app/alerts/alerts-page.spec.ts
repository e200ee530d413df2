import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { RouterTestingHarness } from '@angular/router/testing';
import type { IncidentSummary, Me, NewSilence } from '@hostdeck/contracts';
import { FakeSocket } from '../../../test/fake-socket';
import { incident, incidentSummary } from '../../../test/incident-samples';
import { ADMIN, pageProviders, VIEWER } from '../../../test/page-providers';
import { LiveConnection } from '../live/live-connection';
import { Session } from '../session/session';
import { ALERTS_ROUTES } from './alerts.routes';

const COUNTS = { info: 0, warning: 1, critical: 0 };

async function open(path: string, incidents: readonly IncidentSummary[], me: Me = ADMIN) {
  const socket = new FakeSocket();
  const hubTime = Date.now();
  socket.answer(
    { room: 'alerts' },
    { ok: true, snapshot: { room: 'alerts', hubTime, counts: COUNTS, incidents } },
  );
  TestBed.configureTestingModule({
    providers: pageProviders(socket, [{ path: 'alerts', children: ALERTS_ROUTES }]),
  });
  const http = TestBed.inject(HttpTestingController);
  const restored = TestBed.inject(Session).restore();
  http.expectOne('/api/auth/me').flush(me);
  await restored;
  TestBed.inject(LiveConnection).open();
  socket.accept();
  const harness = await RouterTestingHarness.create(path);
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await harness.fixture.whenStable();
  };
  const all = (id: string) => [...page.querySelectorAll<HTMLElement>(`[data-testid=${id}]`)];
  const texts = (id: string) => all(id).map(({ textContent }) => textContent.trim());
  const click = async (id: string) => {
    all(id)[0]?.click();
    await settled();
  };
  await settled();
  return { page, socket, http, settled, all, texts, click };
}

const update = (incidents: readonly IncidentSummary[]) => ({
  hubTime: Date.now(),
  counts: COUNTS,
  incidents,
});

describe('what is open', () => {
  it('has the worst first, and follows what changes', async () => {
    const older = incidentSummary({ id: '1'.repeat(32), title: 'older', openedAt: 1 });
    const worse = incidentSummary({ id: '2'.repeat(32), title: 'worse', severity: 'critical' });
    const { page, socket, settled } = await open('/alerts/open', [older, incidentSummary(), worse]);
    const titles = () => [...page.querySelectorAll('li a')].map((link) => link.textContent.trim());
    expect(titles()).toEqual(['worse', 'CPU busy is 99 % on web-1', 'older']);
    socket.alerts(update([{ ...worse, resolvedAt: Date.now() }]));
    await settled();
    expect(titles()).toEqual(['CPU busy is 99 % on web-1', 'older']);
  });

  it('says that all is well when nothing is, as long as the hub says so', async () => {
    const { texts, socket, settled } = await open('/alerts/open', []);
    expect(texts('nothing-open')[0]).toContain('All is well');
    socket.drop();
    await settled();
    expect(texts('nothing-open')[0]).toContain('when the hub was heard last');
  });

  it('shows names from hosts as text', async () => {
    const title = '<img src=x onerror=alert(1)>';
    const { page } = await open('/alerts/open', [incidentSummary({ title })]);
    expect(page.querySelector('li a')?.textContent).toContain(title);
    expect(page.querySelector('img')).toBeNull();
  });
});

describe('the history of incidents', () => {
  it('asks for the next page where the one before ended', async () => {
    const { http, settled, texts, click } = await open('/alerts/history', []);
    const first = http.expectOne(({ url }) => url === '/api/incidents');
    expect(first.request.params.get('state')).toBe('resolved');
    const over = incidentSummary({ resolvedAt: 1_700_000_060_000 });
    first.flush({ items: [over], next: 'older' });
    await settled();
    expect(texts('incident')[0]).toContain('lasted 1\u00a0min');
    await click('more-incidents');
    const second = http.expectOne(({ url }) => url === '/api/incidents');
    expect(second.request.params.get('cursor')).toBe('older');
    second.flush({ items: [{ ...over, id: '3'.repeat(32) }] });
    await settled();
    expect(texts('incident')).toHaveLength(2);
    expect(texts('more-incidents')).toHaveLength(0);
  });

  it('says what went wrong, and tries again', async () => {
    const { http, settled, page } = await open('/alerts/history', []);
    http.expectOne(({ url }) => url === '/api/incidents').error(new ProgressEvent('error'));
    await settled();
    expect(page.querySelector('[role=alert]')?.textContent).toContain('could not be loaded');
    page.querySelector<HTMLElement>('button')?.click();
    http.expectOne(({ url }) => url === '/api/incidents').flush({ items: [] });
    await settled();
    expect(page.textContent).toContain('Nothing has happened yet');
  });
});

describe('an incident', () => {
  const path = `/alerts/incidents/${'a'.repeat(32)}`;
  const url = `/api/incidents/${'a'.repeat(32)}`;

  async function openIncident(me: Me = ADMIN) {
    const opened = await open(path, [incidentSummary()], me);
    opened.http.match(url).at(-1)?.flush(incident());
    await opened.settled();
    return opened;
  }

  it('shows its alerts, its timeline and who did it', async () => {
    const { texts } = await openIncident();
    expect(texts('incident-title')).toEqual(['CPU busy is 99 % on web-1']);
    expect(texts('incident-alert')[0]).toContain('CPU busy is 99 %, above 90 %');
    expect(texts('incident-culprit')[0]).toContain('burn');
    expect(texts('incident-culprit')[0]).toContain('98.5');
    expect(texts('timeline-entry')).toHaveLength(1);
  });

  it('is acknowledged', async () => {
    const { http, settled, texts, click } = await openIncident();
    await click('acknowledge');
    const request = http.expectOne(`${url}/acknowledgement`);
    expect(request.request.body).toEqual({ acknowledged: true });
    request.flush(incident({ acknowledged: { at: 1_700_000_000_000, by: 'ada' } }));
    await settled();
    expect(texts('acknowledged')[0]).toContain('Acknowledged by ada');
    expect(texts('acknowledge')).toHaveLength(0);
  });

  it('keeps what was written when the note could not be added', async () => {
    const { http, settled, all, click } = await openIncident();
    const field = all('note')[0] as HTMLTextAreaElement;
    field.value = 'restarted it';
    field.dispatchEvent(new Event('input'));
    await click('add-note');
    http.expectOne(`${url}/notes`).error(new ProgressEvent('error'));
    await settled();
    expect(field.value).toBe('restarted it');
    await click('add-note');
    http.expectOne(`${url}/notes`).flush(incident());
    await settled();
    expect(field.value).toBe('');
  });

  it('is silenced, which shows until it is ended', async () => {
    const { page, http, settled, texts, all, click } = await openIncident();
    const [first] = incident().alertList;
    if (first === undefined) throw new Error('expected an alert');
    await click('silence-alert');
    await click('save-quick-silence');
    expect(page.querySelector('#quick-silence-reason-hint')?.textContent).toContain('Say why');
    const reason = all('quick-silence-reason')[0] as HTMLInputElement;
    reason.value = 'known';
    reason.dispatchEvent(new Event('input'));
    const length = all('quick-silence-length')[0] as HTMLSelectElement;
    length.value = 'resolved';
    length.dispatchEvent(new Event('change'));
    await settled();
    await click('save-quick-silence');
    const posted = http.expectOne({ method: 'POST', url: '/api/silences' });
    expect(posted.request.body).toMatchObject({
      reason: 'known',
      hostIds: [first.host.id],
      rules: [first.ruleId],
      incident: first.incidentId,
    });
    const id = '9'.repeat(32);
    const sent = posted.request.body as NewSilence;
    posted.flush({ ...sent, id, createdBy: 'ada', createdAt: 0, isActive: true, start: 0, end: 1 });
    await settled();
    expect(texts('silence-in-force')[0]).toContain('until it is resolved: known');
    expect(texts('save-quick-silence')).toEqual([]);
    await click('end-silence');
    http.expectOne({ method: 'DELETE', url: `/api/silences/${id}` }).flush(null);
    await settled();
    expect(texts('silence-in-force')).toEqual([]);
  });

  it('is asked for again when the live feed says that it changed', async () => {
    const { http, socket, settled, texts } = await openIncident();
    socket.alerts(update([incidentSummary({ title: 'now worse', severity: 'critical' })]));
    await settled();
    http
      .match(url)
      .at(-1)
      ?.flush(incident({ title: 'now worse' }));
    await settled();
    expect(texts('incident-title')).toEqual(['now worse']);
  });

  it('can only be looked at by a viewer', async () => {
    const { texts } = await openIncident(VIEWER);
    expect(texts('acknowledge')).toHaveLength(0);
    expect(texts('note')).toHaveLength(0);
  });

  it('that there is not leads back', async () => {
    const { http, settled, page } = await open(path, []);
    http
      .match(url)
      .at(-1)
      ?.flush({ detail: 'no such incident' }, { status: 404, statusText: 'Not Found' });
    await settled();
    expect(page.textContent).toContain('There is no such incident');
  });
});
