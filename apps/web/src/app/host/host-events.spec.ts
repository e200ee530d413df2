import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { HostEvent, HostStatus } from '@hostdeck/contracts';
import { NOW } from '../../../test/fleet-samples';
import { FakeSocket } from '../../../test/fake-socket';
import { HOST_ID } from '../../../test/host-samples';
import { pageProviders } from '../../../test/page-providers';
import { HostEvents } from './host-events';

function status(at: number, from: HostStatus | null, to: HostStatus): HostEvent {
  return { at, kind: 'status', detail: { from, to }, text: `${to}, was ${String(from)}` };
}

function open() {
  TestBed.configureTestingModule({
    providers: [HostEvents, ...pageProviders(new FakeSocket(), [])],
  });
  const http = TestBed.inject(HttpTestingController);
  const events = TestBed.inject(HostEvents);
  events.open(HOST_ID);
  return {
    events,
    /** Answers the open questions, each with the events that lie in its span, the newest first. */
    answer: (...items: HostEvent[]) => {
      for (const { request, flush } of http
        .match(({ url }) => url.endsWith('/events'))
        .map((one) => ({ request: one.request, flush: one.flush.bind(one) }))) {
        const from = Number(request.params.get('from') ?? 0);
        const to = Number(request.params.get('to') ?? Infinity);
        flush({ items: items.filter(({ at }) => at >= from && at < to).toReversed() });
      }
    },
    pages: () => http.match(({ url }) => url.endsWith('/events')),
    states: () =>
      events.shown()?.flatMap((event) => (event.kind === 'status' ? [event.detail.to] : [])),
  };
}

describe('the events of a host', () => {
  it('of one moment stay in order, whether they came live or in an answer', () => {
    const { events, answer, states } = open();
    events.show({ from: NOW - 60_000, to: null });
    answer();
    const back = [status(NOW, 'live', 'catching_up'), status(NOW, 'catching_up', 'live')];
    events.add(back);
    expect(states()).toEqual(['catching_up', 'live']);
    // The connection was lost and is back.
    events.show({ from: NOW - 50_000, to: null });
    answer(...back);
    expect(states()).toEqual(['catching_up', 'live']);
    expect(events.recent()?.map(({ text }) => text)).toEqual([
      'live, was catching_up',
      'catching_up, was live',
    ]);
  });

  it('that came live while the answer was under way are kept', () => {
    const { events, answer, states } = open();
    events.show({ from: NOW - 60_000, to: null });
    answer(status(NOW - 30_000, 'live', 'down'));
    events.show({ from: NOW - 60_000, to: null });
    events.add([status(NOW, 'down', 'live')]);
    answer(status(NOW - 30_000, 'live', 'down'));
    expect(states()).toEqual(['down', 'live']);
  });

  it('of a fixed span are no others, and without any the last state before it counts', () => {
    const { events, answer } = open();
    const down = status(NOW - 90_000, 'live', 'down');
    events.show({ from: NOW - 60_000, to: NOW - 30_000 });
    answer(down);
    answer(down);
    events.add([status(NOW, 'down', 'live')]);
    expect(events.shown()).toEqual([]);
    expect(events.statusBefore()).toBe('down');
  });

  it('are read page after page', () => {
    const { events, pages, states } = open();
    events.show({ from: 0, to: null });
    const [recent, first] = pages();
    recent?.flush({ items: [] });
    first?.flush({ items: [status(NOW, 'down', 'live')], next: 'c1' });
    const [second] = pages();
    expect(second?.request.params.get('cursor')).toBe('c1');
    expect(second?.request.params.get('from')).toBe('0');
    second?.flush({ items: [status(NOW - 1, 'live', 'down')] });
    expect(states()).toEqual(['down', 'live']);
  });

  it('say why they are missing', () => {
    const { events, pages } = open();
    events.show({ from: 0, to: null });
    const problem = { detail: 'storage is busy' };
    for (const page of pages()) page.flush(problem, { status: 503, statusText: 'Unavailable' });
    expect(events.error()).toBe('storage is busy');
  });
});
