import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { RouterTestingHarness } from '@angular/router/testing';
import type { Me, UserInfo } from '@hostdeck/contracts';
import { FakeSocket } from '../../../test/fake-socket';
import { ADMIN, pageProviders, VIEWER } from '../../../test/page-providers';
import { Session } from '../session/session';
import { UsersPage } from './users-page';

const ADA: UserInfo = {
  ...ADMIN,
  status: 'active',
  createdAt: 1_700_000_000_000,
  lastSignInAt: 1_700_000_000_000,
};
const VIC: UserInfo = {
  ...ADA,
  id: '1'.repeat(32),
  username: 'vic',
  role: 'viewer',
  status: 'invited',
  lastSignInAt: null,
};
const INVITE = { path: '/invite#hi_secret', token: 'hi_secret', expiresAt: 1_700_000_000_000 };

async function open(me: Me, users: readonly UserInfo[]) {
  TestBed.configureTestingModule({
    providers: pageProviders(new FakeSocket(), [{ path: '', component: UsersPage }]),
  });
  const http = TestBed.inject(HttpTestingController);
  const restored = TestBed.inject(Session).restore();
  http.expectOne('/api/auth/me').flush(me);
  await restored;
  const harness = await RouterTestingHarness.create('/');
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await harness.fixture.whenStable();
  };
  if (me.role === 'admin') http.expectOne('/api/users?limit=1000').flush({ items: users });
  await settled();
  const find = (id: string) => page.querySelector<HTMLElement>(`[data-testid=${id}]`);
  const click = async (id: string) => {
    find(id)?.click();
    await settled();
  };
  return { page, http, find, click, settled };
}

describe('the users', () => {
  it('are invited with a role, and the link is shown with its user', async () => {
    const { http, find, click, settled } = await open(ADMIN, [ADA]);
    await click('invite-user');
    await click('save-user');
    http.expectNone('/api/users');
    const name = find('new-user-name') as HTMLInputElement;
    name.value = ' vic ';
    name.dispatchEvent(new Event('input'));
    const role = find('new-user-role') as HTMLSelectElement;
    role.value = 'operator';
    role.dispatchEvent(new Event('change'));
    await settled();
    await click('save-user');
    const asked = http.expectOne('/api/users');
    expect(asked.request.body).toEqual({ username: 'vic', role: 'operator' });
    asked.flush({ user: { ...VIC, role: 'operator' }, invite: INVITE });
    await settled();
    const first = find('user');
    expect(first?.querySelector('bdi')?.textContent).toBe('vic');
    expect(first?.querySelector<HTMLSelectElement>('select')?.value).toBe('operator');
    expect(first?.querySelector('[data-testid=invite-link]')?.textContent).toBe(
      `${location.origin}/invite#hi_secret`,
    );
    // The form is ready for the next one.
    expect(find('new-user-name')).toBeNull();
    await click('invite-user');
    expect((find('new-user-name') as HTMLInputElement).value).toBe('');
  });

  it('show the last administrator the refusal at the row, and the role as it is', async () => {
    const { http, find, settled } = await open(ADMIN, [ADA]);
    const role = find('user-role') as HTMLSelectElement;
    role.value = 'viewer';
    role.dispatchEvent(new Event('change'));
    await settled();
    const request = http.expectOne(`/api/users/${ADA.id}`);
    expect(request.request.body).toEqual({ role: 'viewer' });
    request.flush({ detail: 'the last one' }, { status: 409, statusText: 'Conflict' });
    await settled();
    expect(find('user')?.querySelector('[role=alert] p')?.textContent).toContain('the last one');
    expect(role.value).toBe('admin');
  });

  it('get a new link, are signed out, are disabled, and are removed once that is confirmed', async () => {
    const { http, find, click, settled } = await open(ADMIN, [VIC]);
    expect(find('user-details')?.textContent).toBe('has set no password yet · never signed in');
    await click('new-link');
    http.expectOne(`/api/users/${VIC.id}/invite`).flush(INVITE);
    await settled();
    expect(find('invite-link')?.textContent).toBe(`${location.origin}/invite#hi_secret`);
    await click('sign-out-user');
    http.expectOne(`/api/users/${VIC.id}/sessions`).flush(null);
    await settled();
    expect(find('user')?.textContent).toContain('vic is signed out everywhere.');
    await click('disable-user');
    http.expectOne(`/api/users/${VIC.id}`).flush({ ...VIC, status: 'disabled' });
    await settled();
    expect(find('enable-user')).not.toBeNull();
    await click('remove-user');
    http.expectNone(`/api/users/${VIC.id}`);
    await click('confirm-remove-user');
    http.expectOne(`/api/users/${VIC.id}`).flush(null);
    await settled();
    expect(find('user')).toBeNull();
  });

  it('are shown to administrators only', async () => {
    const { http, page } = await open(VIEWER, [ADA]);
    http.expectNone('/api/users?limit=1000');
    expect(page.textContent).toContain('Only administrators');
  });
});
