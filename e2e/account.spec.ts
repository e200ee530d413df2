import type { Browser } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { openPage, signIn } from './support/pages';
import { ADMIN, System } from './support/system';

describe('an account', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser.close());

  describe('on a hub that nobody has set up', () => {
    let system: System;

    beforeAll(async () => {
      system = await System.start({ admin: false });
    });

    afterAll(() => system.stop());

    it('is made with the code that the hub printed, and with no other', async () => {
      const page = await openPage(browser, system);
      await page.goto('/');
      await page.getByRole('heading', { name: 'Set up Hostdeck' }).waitFor();
      const fill = async (code: string) => {
        await page.getByLabel('One-time code').fill(code);
        await page.getByLabel('User name').fill('ada');
        await page.getByLabel('Password', { exact: true }).fill('a long password');
        await page.getByRole('button', { name: 'Create administrator' }).click();
      };
      await fill('WRONG-CODE');
      await page.getByRole('alert').waitFor();
      await fill(system.setUpCode ?? '');
      await page.getByRole('heading', { name: 'Fleet' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
    });
  });

  describe('on a hub with an administrator', () => {
    let system: System;

    beforeAll(async () => {
      system = await System.start();
    });

    afterAll(() => system.stop());

    it('is needed for every page, and leads on to the page that was asked for', async () => {
      const page = await openPage(browser, system);
      await page.goto('/?q=berlin');
      await page.getByLabel('User name').fill(ADMIN.username);
      await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Fleet' }).waitFor();
      expect(new URL(page.url()).search).toBe('?q=berlin');
    });

    it('is refused with a wrong password, and says so', async () => {
      const page = await openPage(browser, system);
      await page.goto('/login');
      await page.getByLabel('User name').fill(ADMIN.username);
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('User name or password is wrong.').waitFor();
      expect(await page.context().cookies()).toEqual([]);
    });

    it('ends with the sign-out, in every tab', async () => {
      const page = await openPage(browser, system);
      await signIn(page);
      const second = await page.context().newPage();
      await second.goto('/');
      await second.getByRole('heading', { name: 'Fleet' }).waitFor();
      await page.getByTestId('account').click();
      await page.getByTestId('sign-out').click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await second.getByRole('heading', { name: 'Sign in' }).waitFor();
    });

    it('sees an empty fleet that says what to do', async () => {
      const page = await openPage(browser, system);
      await signIn(page);
      await page.getByRole('heading', { name: 'No hosts yet' }).waitFor();
      await page.getByRole('button', { name: 'Add a host' }).first().waitFor();
    });

    it('is told when a page does not exist', async () => {
      const page = await openPage(browser, system);
      await signIn(page);
      await page.goto('/no/such/page');
      await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    });
  });
});
