import { SHELL_TEXTS } from './shell.texts';

/** A page that can be gone to by its name. */
export interface NamedPage {
  readonly name: string;
  readonly path: string;
}

/** The pages of the dashboard, in the order they are offered. */
export const PAGES: readonly NamedPage[] = [
  { name: SHELL_TEXTS.pages.fleet, path: '/' },
  { name: SHELL_TEXTS.pages.table, path: '/?view=table' },
  { name: SHELL_TEXTS.pages.wall, path: '/?view=wall' },
  { name: SHELL_TEXTS.pages.alerts, path: '/alerts' },
  { name: SHELL_TEXTS.pages.compare, path: '/compare' },
  { name: SHELL_TEXTS.pages.settings, path: '/settings' },
];
