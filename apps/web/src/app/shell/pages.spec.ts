import { findCommands } from './commands';
import { pagesFor } from './pages';

const ALERTS = ['open', 'history', 'rules', 'silences'].map((part) => `/alerts/${part}`);
const ADMINS = [
  '/alerts/channels',
  '/alerts/channels#routes',
  '/alerts/channels#deliveries',
  '/users',
  '/audit',
];

function found(role: Parameters<typeof pagesFor>[0], typed: string) {
  return findCommands(typed, { pages: pagesFor(role), hosts: [] }).map(({ path }) => path);
}

describe('the pages in the command palette', () => {
  it('are those that somebody of that role may see', () => {
    for (const role of ['viewer', 'operator'] as const) {
      const paths = found(role, '');
      expect(paths).toEqual(expect.arrayContaining(['/', '/account', ...ALERTS]));
      for (const path of ADMINS) expect(paths).not.toContain(path);
    }
    expect(found('admin', '')).toEqual(expect.arrayContaining(['/account', ...ALERTS, ...ADMINS]));
  });

  it('are found by a few letters of their names', () => {
    expect(found('admin', 'alerts rou')).toEqual(['/alerts/channels#routes']);
    expect(found('admin', 'audit')).toEqual(['/audit']);
    expect(found('viewer', 'account')).toEqual(['/account']);
    expect(found('viewer', 'users')).toEqual([]);
  });
});
