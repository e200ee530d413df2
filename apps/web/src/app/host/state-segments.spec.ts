import type { HostEvent, HostStatus } from '@hostdeck/contracts';
import { stateSegments } from './state-segments';

const WINDOW = { from: 0, to: 1_000 };

function status(at: number, from: HostStatus | null, to: HostStatus): HostEvent {
  return { at, kind: 'status', detail: { from, to }, text: '' };
}

function blind(at: number, until: number): HostEvent {
  return { at, until, kind: 'hub_blind', detail: {}, text: '' };
}

function segments(events: readonly HostEvent[], before: HostStatus | null = null, now = 1_000) {
  return stateSegments({ window: WINDOW, events, before, now }).map(({ from, to, state }) => [
    from,
    to,
    state,
  ]);
}

describe('the states of a window', () => {
  it('begin with what the first change says was before', () => {
    expect(segments([status(300, 'live', 'down'), status(500, 'down', 'live')])).toEqual([
      [0, 300, 'live'],
      [300, 500, 'down'],
      [500, 1_000, 'live'],
    ]);
  });

  it('are the last known one where nothing changed, or unknown', () => {
    expect(segments([], 'live')).toEqual([[0, 1_000, 'live']]);
    expect(segments([])).toEqual([[0, 1_000, 'unknown']]);
  });

  it('are unknown before the host joined, and not told beyond now', () => {
    expect(segments([status(400, null, 'live')], 'down', 800)).toEqual([
      [0, 400, 'unknown'],
      [400, 800, 'live'],
    ]);
  });

  it('take up with a change that lies before the window', () => {
    expect(segments([status(-500, 'live', 'down')])).toEqual([[0, 1_000, 'down']]);
  });

  it('never charge a host with time in which the hub was off', () => {
    const events = [blind(200, 600), status(500, 'live', 'stale'), status(700, 'stale', 'live')];
    expect(segments(events)).toEqual([
      [0, 200, 'live'],
      [200, 600, 'blind'],
      [600, 700, 'stale'],
      [700, 1_000, 'live'],
    ]);
  });

  it('of a host that changes all the time are few, and show the worst', () => {
    const events = Array.from({ length: 10_000 }, (_, index) =>
      index % 2 === 0 ? status(index / 10, 'live', 'down') : status(index / 10, 'down', 'live'),
    );
    const found = stateSegments({ window: WINDOW, events, before: null, now: 1_000 });
    expect(found.length).toBeLessThanOrEqual(801);
    expect(found[0]?.state).toBe('down');
    expect(found.reduce((sum, { from, to }) => sum + to - from, 0)).toBeCloseTo(1_000);
    for (const [index, { from }] of found.entries()) {
      if (index > 0) expect(from).toBe(found[index - 1]?.to);
    }
  });
});
