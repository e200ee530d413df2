import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { openPage, signIn } from './support/pages';
import { ADMIN, System } from './support/system';

const NEW_PASSWORD = 'a password nobody has had';

describe('a user', () => {
  let browser: Browser;
  let system: System;

  beforeAll(async () => {
    browser = await launchChromium();
    system = await System.start();
  });

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  const goTo = async (page: Page, where: string) => {
    await page.getByTestId('account').click();
    await page.getByTestId(`go-${where}`).click();
  };
  /** Waits until the page of somebody who was signed out elsewhere says so. */
  const signedOut = (page: Page) => page.waitForURL(({ pathname }) => pathname === '/login');

  it('is invited by an administrator, sets a password through the link, and sees the fleet as a viewer', async () => {
    const admin = await openPage(browser, system);
    await signIn(admin);
    await goTo(admin, 'users');
    await admin.getByTestId('invite-user').click();
    await admin.getByLabel('User name').fill('vic');
    await admin.getByTestId('new-user-role').selectOption('viewer');
    await admin.getByTestId('save-user').click();
    const row = admin.getByTestId('user').filter({ hasText: 'vic' });
    const link = new URL((await row.getByTestId('invite-link').textContent()) ?? '');
    expect(link.origin).toBe(system.url);

    const guest = await openPage(browser, system);
    const asked: string[] = [];
    guest.on('request', (request) => asked.push(request.url()));
    await guest.goto(link.href);
    await guest.getByLabel('New password').fill('a long password');
    await guest.getByRole('button', { name: 'Set password and sign in' }).click();
    await guest.getByRole('heading', { name: 'No hosts yet' }).waitFor();
    expect(await guest.getByRole('button', { name: 'Add a host' }).count()).toBe(0);
    const token = link.hash.slice(1);
    expect(token).not.toBe('');
    expect(asked.filter((url) => url.replace(/#.*/, '').includes(token))).toEqual([]);
    await guest.getByTestId('account').click();
    await guest.getByTestId('go-account').waitFor();
    for (const admins of ['go-users', 'go-audit']) {
      expect(await guest.getByTestId(admins).count()).toBe(0);
    }

    const late = await openPage(browser, system);
    await late.goto(link.href);
    await late.getByRole('heading', { name: 'This link is no longer valid' }).waitFor();

    await goTo(admin, 'audit');
    await admin
      .getByTestId('audit-entry')
      .filter({ hasText: 'Password set through a link' })
      .filter({ hasText: 'vic' })
      .waitFor();
  });

  it('ends a session elsewhere and changes the password; whoever is signed in there is out at once', async () => {
    const here = await openPage(browser, system);
    const there = await openPage(browser, system);
    await signIn(here);
    await goTo(here, 'account');
    await here.getByTestId('end-other-sessions').click();
    const sessions = here.getByTestId('own-session');
    await here.getByTestId('end-other-sessions').waitFor({ state: 'detached' });
    expect(await sessions.count()).toBe(1);

    await signIn(there);
    await here.reload();
    await sessions.nth(1).waitFor();
    await here.getByTestId('end-session').click();
    await signedOut(there);
    await here.getByTestId('end-session').waitFor({ state: 'detached' });

    await signIn(there);
    const change = async (current: string) => {
      await here.getByLabel('Current password').fill(current);
      await here.getByLabel('New password').fill(NEW_PASSWORD);
      await here.getByTestId('change-password').click();
    };
    await change('a wrong password');
    await here.getByText('The current password is wrong.').waitFor();
    await change(ADMIN.password);
    await here.getByText('The password is changed.').waitFor();
    await signedOut(there);
    await signIn(there, { ...ADMIN, password: NEW_PASSWORD });
  });
});
