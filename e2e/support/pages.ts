import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { ADMIN, type System } from './system';

/** How long a page on a busy machine may take to show something, ms. */
export const PATIENCE = 90_000;

/** Opens a page of the dashboard as a stranger. */
export async function openPage(
  browser: Browser,
  system: System,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: system.url, ...options });
  context.setDefaultTimeout(PATIENCE);
  return context.newPage();
}

/** Signs in through the form and waits for the fleet; as the administrator when nothing else is said. */
export async function signIn(
  page: Page,
  { username, password }: { readonly username: string; readonly password: string } = ADMIN,
): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Fleet' }).waitFor();
}

/** The cards of the fleet page. */
export function cards(page: Page): Locator {
  return page.getByTestId('host-card');
}

/** The number in front of a text such as `12.4 %`; NaN for a dash. */
export function leadingNumber(text: string): number {
  return Number.parseFloat(text.replace(',', ''));
}

/** Who is signed in is asked before anything else; that it is nobody is an answer, which the browser takes for a failure. */
const ASKED_FIRST = '/api/auth/me';

/** Everything the browser complained about, in the console or by an exception. */
export function watchComplaints(context: BrowserContext | Page): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    const isAnswer = message.location().url.endsWith(ASKED_FIRST) && message.text().includes('401');
    if (message.type() === 'error' && !isAnswer) complaints.push(message.text());
  });
  if ('mainFrame' in context) context.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}
