import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { RouterTestingHarness } from '@angular/router/testing';
import type { Me, Silence } from '@hostdeck/contracts';
import { FakeSocket } from '../../../../test/fake-socket';
import { ADMIN, pageProviders, VIEWER } from '../../../../test/page-providers';
import { Session } from '../../session/session';
import { SilencesPage } from './silences-page';

const SILENCE: Silence = {
  id: '1'.repeat(32),
  reason: 'new disks',
  hosts: { tags: ['db'], name: null },
  hostIds: [],
  rules: [],
  schedule: { kind: 'once', from: 1_700_000_000_000, until: 1_700_003_600_000 },
  incident: null,
  createdBy: 'ada',
  createdAt: 1_700_000_000_000,
  isActive: true,
  start: 1_700_000_000_000,
  end: 1_700_003_600_000,
};

async function open(me: Me, items: readonly Silence[]) {
  TestBed.configureTestingModule({
    providers: pageProviders(new FakeSocket(), [{ path: '', component: SilencesPage }]),
  });
  const http = TestBed.inject(HttpTestingController);
  const restored = TestBed.inject(Session).restore();
  http.expectOne('/api/auth/me').flush(me);
  await restored;
  const harness = await RouterTestingHarness.create('/');
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  http.expectOne('/api/silences').flush({ items });
  http.expectOne('/api/alert-rules').flush({ items: [] });
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await harness.fixture.whenStable();
  };
  await settled();
  const find = (id: string) => page.querySelector<HTMLElement>(`[data-testid=${id}]`);
  const click = async (id: string) => {
    find(id)?.click();
    await settled();
  };
  return { page, http, find, click, settled };
}

describe('the silences', () => {
  it('say what they are for, and are ended', async () => {
    const { find, click, http, settled, page } = await open(ADMIN, [SILENCE]);
    expect(find('silence')?.textContent).toContain('active now');
    expect(find('silence')?.textContent).toContain('tagged db');
    await click('end-silence');
    http.expectOne(`/api/silences/${SILENCE.id}`).flush(null);
    await settled();
    expect(find('silence')).toBeNull();
    expect(page.textContent).toContain('Nothing is silenced');
  });

  it('are made, and what is wrong is said beside the field before anything is sent', async () => {
    const { page, find, click, http, settled } = await open(ADMIN, []);
    await click('new-silence');
    await click('save-silence');
    expect(page.querySelector('#silence-reason-hint')?.textContent).toContain('say why');
    const reason = find('silence-reason') as HTMLInputElement;
    reason.value = 'new disks';
    reason.dispatchEvent(new Event('input'));
    await settled();
    await click('save-silence');
    const { request } = http.expectOne('/api/silences');
    expect(request.body).toMatchObject({ reason: 'new disks', schedule: { kind: 'once' } });
  });

  it('stay as they are when the hub can not end one', async () => {
    const { page, find, click, http, settled } = await open(ADMIN, [SILENCE]);
    await click('end-silence');
    http.expectOne(`/api/silences/${SILENCE.id}`).error(new ProgressEvent('error'));
    await settled();
    expect(find('silence')).not.toBeNull();
    expect(page.querySelector('[role=alert]')?.textContent.trim()).not.toBe('');
  });

  it('are only looked at by a viewer', async () => {
    const { find } = await open(VIEWER, [SILENCE]);
    expect(find('silence')).not.toBeNull();
    expect(find('new-silence')).toBeNull();
    expect(find('end-silence')).toBeNull();
  });
});
