import { CreatedUserSchema, type CreatedUser } from '@hostdeck/contracts';
import type { Browser } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { openPage, signIn } from './support/pages';
import { System } from './support/system';

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

  it('is made by an administrator, sets a password through the link, and sees the fleet as a viewer', async () => {
    const admin = await openPage(browser, system);
    await signIn(admin);
    const answer = await admin.request.post('/api/users', {
      data: { username: 'vic', role: 'viewer' },
      headers: { origin: system.url },
    });
    const { invite }: CreatedUser = CreatedUserSchema.parse(await answer.json());

    const guest = await openPage(browser, system);
    const asked: string[] = [];
    guest.on('request', (request) => asked.push(request.url()));
    await guest.goto(invite.path);
    await guest.getByLabel('New password').fill('a long password');
    await guest.getByRole('button', { name: 'Set password and sign in' }).click();
    await guest.getByRole('heading', { name: 'No hosts yet' }).waitFor();
    expect(await guest.getByRole('button', { name: 'Add a host' }).count()).toBe(0);
    expect(asked.filter((url) => url.replace(/#.*/, '').includes(invite.token))).toEqual([]);

    const late = await openPage(browser, system);
    await late.goto(invite.path);
    await late.getByRole('heading', { name: 'This link is good no longer' }).waitFor();
  });
});
