import { COLLECTOR_NAMES } from '@hostdeck/contracts';
import { platformCollectors } from '../collectors/platform-collectors';

describe('the names that collectors are turned off with', () => {
  it('are those of the collectors there are', async () => {
    const collectors = await platformCollectors({ platform: 'linux', textfileDir: '/nowhere' });
    const families = collectors.flatMap(({ family }) => family ?? []);
    expect([...new Set(families)].sort()).toEqual([...COLLECTOR_NAMES].sort());
  });
});
