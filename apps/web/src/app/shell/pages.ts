import { type Role, ROLES } from '@hostdeck/contracts';
import { ALERT_SECTIONS } from '../alerts/alert-sections';
import { ALERTS_TEXTS } from '../alerts/alerts.texts';
import { SHELL_TEXTS } from './shell.texts';

/** A page that can be gone to by its name. */
export interface NamedPage {
  readonly name: string;
  readonly path: string;
  /** The least role that may see it. */
  readonly least: Role;
}

const NAMES = SHELL_TEXTS.pages;

function page(name: string, path: string, least: Role = 'viewer'): NamedPage {
  return { name, path, least };
}

/** The pages of the dashboard, in the order they are offered. */
const PAGES: readonly NamedPage[] = [
  page(NAMES.fleet, '/'),
  page(NAMES.table, '/?view=table'),
  page(NAMES.wall, '/?view=wall'),
  ...ALERT_SECTIONS.map(({ path, label, adminOnly }) =>
    page(`${ALERTS_TEXTS.heading}: ${label}`, `/alerts/${path}`, adminOnly ? 'admin' : 'viewer'),
  ),
  page(`${ALERTS_TEXTS.heading}: ${NAMES.routes}`, '/alerts/channels#routes', 'admin'),
  page(`${ALERTS_TEXTS.heading}: ${NAMES.deliveries}`, '/alerts/channels#deliveries', 'admin'),
  page(NAMES.compare, '/compare'),
  page(NAMES.settings, '/settings'),
  page(NAMES.users, '/users', 'admin'),
  page(NAMES.audit, '/audit', 'admin'),
  page(NAMES.account, '/account'),
];

/** The pages that somebody of a role may see. */
export function pagesFor(role: Role): readonly NamedPage[] {
  return PAGES.filter(({ least }) => ROLES.indexOf(role) >= ROLES.indexOf(least));
}
