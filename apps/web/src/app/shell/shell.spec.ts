import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { FakeSocket, STORED } from '../../../test/fake-socket';
import { ADMIN, BlankPage, pageProviders } from '../../../test/page-providers';
import { Session } from '../session/session';
import { Theme } from '../theme/theme';
import { Shell } from './shell';

async function open() {
  const socket = new FakeSocket();
  TestBed.configureTestingModule({
    providers: pageProviders(socket, [
      { path: 'login', component: BlankPage },
      { path: '', component: Shell, children: [{ path: '', component: BlankPage }] },
    ]),
  });
  const http = TestBed.inject(HttpTestingController);
  const restored = TestBed.inject(Session).restore();
  http.expectOne('/api/auth/me').flush(ADMIN);
  await restored;
  const harness = await RouterTestingHarness.create('/');
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const text = (selector: string) => page.querySelector(selector)?.textContent.trim();
  const settled = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    await harness.fixture.whenStable();
  };
  const choose = async (trigger: string, item: string) => {
    page.querySelector<HTMLElement>(`[data-testid=${trigger}]`)?.click();
    await settled();
    const items = [...document.querySelectorAll<HTMLElement>('[mat-menu-item]')];
    items.find(({ textContent }) => textContent.includes(item))?.click();
    await settled();
  };
  return { page, socket, http, text, settled, choose };
}

describe('the frame of every page', () => {
  it('says how the connection is, and how old the data is when it is lost', async () => {
    const { socket, text, settled, page } = await open();
    expect(text('[data-testid=connection]')).toBe('Connecting…');
    socket.accept();
    await settled();
    expect(text('[data-testid=connection]')).toBe('Live');
    expect(text('header > [aria-live=polite]')).toBe('Connected to the hub.');
    expect(page.querySelector('[data-testid=offline-banner]')).toBeNull();
    socket.drop();
    await settled();
    expect(text('[data-testid=connection]')).toBe('Reconnecting…');
    expect(text('[data-testid=offline-banner] p')).toMatch(/What you see is 0\u00a0s old/);
    const attempts = socket.attempts;
    page.querySelector<HTMLElement>('[data-testid=offline-banner] button')?.click();
    expect(socket.attempts).toBe(attempts + 1);
  });

  it('says that the hub stores nothing, until it does again', async () => {
    const { socket, text, settled, page } = await open();
    socket.accept();
    socket.storage({ error: 'SQLITE_FULL: <b>full</b>', corruptFile: null });
    await settled();
    expect(text('[data-testid=storage-banner]')).toMatch(/SQLITE_FULL: <b>full<\/b>.*agents keep/);
    socket.storage(STORED);
    await settled();
    expect(page.querySelector('[data-testid=storage-banner]')).toBeNull();
  });

  it('says that the database was set aside, until somebody has read it', async () => {
    const { socket, text, settled, page } = await open();
    const file = 'hostdeck.sqlite.corrupt-20260101T000000Z';
    socket.presence = {
      ok: true,
      hubTime: 0,
      version: '0.1.0',
      storage: { error: null, corruptFile: file },
    };
    socket.accept();
    await settled();
    expect(text('[data-testid=set-aside-banner] p')).toContain(file);
    page.querySelector<HTMLElement>('[data-testid=set-aside-banner] button')?.click();
    await settled();
    expect(page.querySelector('[data-testid=set-aside-banner]')).toBeNull();
    expect(localStorage.getItem('hostdeck.set-aside')).toBe(file);
    localStorage.removeItem('hostdeck.set-aside');
  });

  it('signs out, and leaves nothing for the next person', async () => {
    const { http, socket, choose, settled } = await open();
    socket.accept();
    await choose('account', 'Sign out');
    http.expectOne('/api/auth/logout').flush({});
    await settled();
    expect(TestBed.inject(Router).url).toBe('/login');
    expect(TestBed.inject(Session).me()).toBeNull();
    expect(socket.connected).toBe(false);
  });

  it('says when signing out did not work', async () => {
    const { http, socket, choose, settled, text } = await open();
    socket.accept();
    await choose('account', 'Sign out');
    http.expectOne('/api/auth/logout').error(new ProgressEvent('error'));
    await settled();
    expect(TestBed.inject(Router).url).toBe('/');
    expect(text('[data-testid=offline-banner] p')).toMatch(/still signed in/);
  });

  it('remembers the theme', async () => {
    const { choose } = await open();
    await choose('theme', 'Light');
    expect(document.documentElement.dataset.theme).toBe('light');
    expect(TestBed.inject(Theme).isDark()).toBe(false);
    TestBed.resetTestingModule();
    await open();
    expect(TestBed.inject(Theme).choice()).toBe('light');
    localStorage.clear();
  });
});
