import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { ApiToken } from '@hostdeck/contracts';
import { FakeSocket } from '../../../test/fake-socket';
import { pageProviders } from '../../../test/page-providers';
import { TokenList } from './token-list';

const NIGHTLY: ApiToken = {
  id: '1'.repeat(32),
  name: '<b>nightly</b>',
  role: 'viewer',
  createdAt: 1_700_000_000_000,
  lastUsedAt: null,
};

async function open() {
  TestBed.configureTestingModule({ providers: pageProviders(new FakeSocket(), []) });
  const http = TestBed.inject(HttpTestingController);
  const fixture = TestBed.createComponent(TokenList);
  const page: HTMLElement = fixture.nativeElement as HTMLElement;
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  await settled();
  const find = (id: string) => page.querySelector<HTMLElement>(`[data-testid=${id}]`);
  const click = async (id: string) => {
    find(id)?.click();
    await settled();
  };
  const list = async (...items: readonly ApiToken[]) => {
    http.expectOne('/api/tokens?limit=1000').flush({ items });
    await settled();
  };
  return { http, find, click, settled, list };
}

describe('API tokens', () => {
  it('are made with a name and a role, and shown once', async () => {
    const { http, find, click, settled, list } = await open();
    await list();
    await click('new-token');
    await click('save-token');
    http.expectNone('/api/tokens');
    const name = find('token-name') as HTMLInputElement;
    name.value = ' nightly ';
    name.dispatchEvent(new Event('input'));
    await settled();
    await click('save-token');
    const request = http.expectOne({ method: 'POST', url: '/api/tokens' });
    expect(request.request.body).toEqual({ name: 'nightly', role: 'viewer' });
    request.flush({ ...NIGHTLY, token: 'hd_secret' });
    await settled();
    expect(find('token-secret')?.textContent).toBe('hd_secret');
    expect(find('token')?.textContent).toContain('<b>nightly</b>');
    await click('new-token');
    expect(find('token-secret')).toBeNull();
  });

  it('are revoked once that is confirmed, and stay where the hub refuses', async () => {
    const { http, find, click, settled, list } = await open();
    await list(NIGHTLY);
    await click('revoke-token');
    http.expectNone(`/api/tokens/${NIGHTLY.id}`);
    await click('confirm-revoke-token');
    const failed = http.expectOne({ method: 'DELETE', url: `/api/tokens/${NIGHTLY.id}` });
    failed.flush({ detail: 'not now' }, { status: 503, statusText: 'Unavailable' });
    await settled();
    expect(find('tokens')?.querySelector('hd-form-error')?.textContent).toContain('not now');
    expect(find('token')).not.toBeNull();
    await click('revoke-token');
    await click('confirm-revoke-token');
    http.expectOne({ method: 'DELETE', url: `/api/tokens/${NIGHTLY.id}` }).flush(null);
    await settled();
    expect(find('token')).toBeNull();
  });
});
