import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { IncidentSummary } from '@hostdeck/contracts';
import { FakeSocket } from '../../../test/fake-socket';
import { incidentSummary } from '../../../test/incident-samples';
import { pageProviders } from '../../../test/page-providers';
import { LiveConnection } from '../live/live-connection';
import { HostdeckTitles } from '../page-titles';
import { AlertLink } from './alert-link';

const COUNTS = { info: 0, warning: 0, critical: 0 };
const update = (incidents: readonly IncidentSummary[]) => ({
  hubTime: Date.now(),
  counts: COUNTS,
  incidents,
});

describe('the link to the alerts', () => {
  it('counts what nobody has taken care of, in the tab of the browser too', async () => {
    const socket = new FakeSocket();
    TestBed.configureTestingModule({ providers: pageProviders(socket, []) });
    const incidents = [
      incidentSummary(),
      incidentSummary({ id: '2'.repeat(32), acknowledged: { at: 1, by: 'ada' } }),
      incidentSummary({ id: '3'.repeat(32), isQuiet: true }),
    ];
    const snapshot = { room: 'alerts' as const, ...update(incidents) };
    socket.answer({ room: 'alerts' }, { ok: true, snapshot });
    const icon = document.createElement('link');
    icon.rel = 'icon';
    document.head.append(icon);
    TestBed.inject(LiveConnection).open();
    const fixture = TestBed.createComponent(AlertLink);
    TestBed.inject(HostdeckTitles).show('Fleet');
    socket.accept();
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const badge = () => element.querySelector('[data-testid=alerts-badge]')?.textContent;
    expect(badge()).toBe('1');
    expect(TestBed.inject(DOCUMENT).title).toBe('(1) Fleet · Hostdeck');
    expect(icon.getAttribute('href')).toBe('favicon-alert.svg');

    const critical = incidentSummary({
      id: '4'.repeat(32),
      severity: 'critical',
      title: 'db-1 is down',
    });
    socket.alerts(update([critical]));
    await fixture.whenStable();
    expect(badge()).toBe('2');
    expect(element.querySelector('[aria-live]')?.textContent).toBe('db-1 is down');

    const over = [incidentSummary(), critical].map((one) => ({ ...one, resolvedAt: 1 }));
    socket.alerts(update(over));
    await fixture.whenStable();
    expect(badge()).toBeUndefined();
    expect(TestBed.inject(DOCUMENT).title).toBe('Fleet · Hostdeck');
    expect(icon.getAttribute('href')).toBe('favicon.svg');
    icon.remove();
  });
});
