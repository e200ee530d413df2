import { HttpTestingController, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { AuditEntryInfo, Me } from '@hostdeck/contracts';
import { FakeSocket } from '../../../test/fake-socket';
import { ADMIN, pageProviders, VIEWER } from '../../../test/page-providers';
import { Session } from '../session/session';
import { AuditPage } from './audit-page';

const LOGIN: AuditEntryInfo = {
  id: 7,
  at: 1_700_000_000_000,
  actor: 'ada',
  address: '192.0.2.7',
  action: 'login',
  detail: {},
};
const CREATED: AuditEntryInfo = {
  ...LOGIN,
  id: 6,
  action: 'user_created',
  detail: { id: 'f'.repeat(32), username: 'v\u202eic', role: 'viewer', none: null },
};

async function open(me: Me, url = '/audit') {
  TestBed.configureTestingModule({
    providers: pageProviders(new FakeSocket(), [{ path: 'audit', component: AuditPage }]),
  });
  const http = TestBed.inject(HttpTestingController);
  const restored = TestBed.inject(Session).restore();
  http.expectOne('/api/auth/me').flush(me);
  await restored;
  const harness = await RouterTestingHarness.create(url);
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await harness.fixture.whenStable();
  };
  await settled();
  const all = (id: string) => [...page.querySelectorAll<HTMLElement>(`[data-testid=${id}]`)];
  const asked = (): TestRequest => http.expectOne(({ url: path }) => path === '/api/audit');
  const answer = async (items: readonly AuditEntryInfo[], next?: string) => {
    const request = asked();
    request.flush({ items, ...(next === undefined ? {} : { next }) });
    await settled();
    return request.request.params;
  };
  const click = async (id: string) => {
    all(id)[0]?.click();
    await settled();
  };
  return { page, http, settled, all, asked, answer, click };
}

describe('the audit trail', () => {
  it('is shown in words, page by page', async () => {
    const { page, all, answer, click } = await open(ADMIN);
    const first = await answer([LOGIN, CREATED], '6');
    expect(first.keys()).toEqual(['limit']);
    const rows = all('audit-entry').map((row) => row.textContent.replace(/\s+/g, ' '));
    expect(rows[0]).toMatch(/adaSigned in.*192\.0\.2\.7/);
    expect(rows[1]).toContain('User madeusername: v\ufffdic · role: viewer192.0.2.7');
    expect(page.querySelectorAll('.detail')[1]?.getAttribute('title')).toBe(
      `id: ${'f'.repeat(32)} · username: v\ufffdic · role: viewer`,
    );
    await click('audit-more');
    const second = await answer([{ ...LOGIN, id: 5, address: null }]);
    expect(second.get('cursor')).toBe('6');
    expect(all('audit-entry')).toHaveLength(3);
    expect(all('audit-entry')[2]?.textContent).toContain('the hub itself');
    expect(all('audit-more')).toEqual([]);
  });

  it('is asked as the address says, and saved with the same question', async () => {
    const { page, all, answer, settled } = await open(ADMIN, '/audit?actor=ada&action=login');
    const params = await answer([LOGIN]);
    expect([params.get('actor'), params.get('action')]).toEqual(['ada', 'login']);
    expect(all('audit-export')[0]?.getAttribute('href')).toBe(
      '/api/audit/export?actor=ada&action=login',
    );
    const since = page.querySelector<HTMLSelectElement>('[data-testid=audit-since]');
    if (since === null) throw new Error('expected a choice');
    since.value = '24h';
    since.dispatchEvent(new Event('change'));
    await settled();
    expect(TestBed.inject(Router).url).toBe('/audit?actor=ada&action=login&since=24h');
    const narrowed = await answer([]);
    expect(Number(narrowed.get('from'))).toBeLessThanOrEqual(Date.now() - 86_400_000);
    expect(page.textContent).toContain('Nothing fits');
    all('audit-all')[0]?.click();
    await settled();
    expect(TestBed.inject(Router).url).toBe('/audit');
    expect((await answer([LOGIN])).keys()).toEqual(['limit']);
  });

  it('shows the answer to the last question only', async () => {
    const { all, asked, answer, settled } = await open(ADMIN);
    const early = asked();
    await TestBed.inject(Router).navigateByUrl('/audit?action=login');
    await settled();
    await answer([LOGIN]);
    early.flush({ items: [CREATED, LOGIN] });
    await settled();
    expect(all('audit-entry')).toHaveLength(1);
  });

  it('can be asked for again when the hub did not answer', async () => {
    const { page, all, asked, answer, click, settled } = await open(ADMIN);
    asked().error(new ProgressEvent('error'));
    await settled();
    expect(page.querySelector('[role=alert]')?.textContent).toMatch(/hub does not answer/);
    await click('audit-retry');
    await answer([LOGIN]);
    expect(all('audit-entry')).toHaveLength(1);
  });

  it('is for administrators only', async () => {
    const { http, page } = await open(VIEWER);
    http.expectNone(({ url }) => url === '/api/audit');
    expect(page.textContent).toContain('Only administrators');
  });
});
