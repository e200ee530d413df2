import { toLayout } from '../schemas/layout';
import { Host } from './host';

const SECOND = 1_000;
const LAYOUT = toLayout(1, []);

describe('the status of a host whose interval changes', () => {
  let host: Host;
  const statusAt = (now: number) => {
    host.judge(now);
    return host.status;
  };
  const receive = (at: number) => host.receive({ at, values: [], layout: LAYOUT }, at);

  beforeEach(() => {
    host = new Host(
      {
        key: 1,
        id: 'a',
        name: 'web-1',
        tags: [],
        publicKey: '',
        facts: null,
        interval: 2 * SECOND,
        clockOffset: 0,
        epoch: null,
        createdAt: 0,
        lastSeen: null,
        report: null,
      },
      0,
    );
  });

  it('is judged by the longer of the interval set and the one in force', () => {
    host.setInterval(5 * SECOND);
    host.takeReport({ interval: SECOND, reason: 'watched', collectors: [] });
    receive(100 * SECOND);
    // Watched every second; when nobody looks any more the next frame takes five.
    expect([statusAt(115 * SECOND), host.interval]).toEqual(['live', 5 * SECOND]);
    expect(statusAt(115 * SECOND + 1)).toBe('stale');
    host.takeReport({ interval: 10 * SECOND, reason: 'overloaded', collectors: [] });
    expect([statusAt(130 * SECOND), host.interval]).toEqual(['live', 10 * SECOND]);
  });

  it('is not late for what was sampled before by an interval that just got shorter', () => {
    host.setInterval(60 * SECOND);
    receive(100 * SECOND);
    host.setInterval(SECOND);
    host.takeReport({ interval: SECOND, reason: 'set', collectors: [] });
    expect([statusAt(280 * SECOND), host.interval]).toEqual(['live', 60 * SECOND]);
    receive(281 * SECOND);
    expect([statusAt(284 * SECOND), host.interval]).toEqual(['live', SECOND]);
    expect(statusAt(284 * SECOND + 1)).toBe('stale');
  });
});
