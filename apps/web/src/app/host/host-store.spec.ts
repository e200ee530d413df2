import { HttpTestingController, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import type { HostUpdate, LiveFrame } from '@hostdeck/contracts';
import { NOW } from '../../../test/fleet-samples';
import { FakeSocket } from '../../../test/fake-socket';
import {
  cpuHistory,
  frame,
  HOST_ID,
  hostCard,
  hostSnapshot,
  LAYOUT,
} from '../../../test/host-samples';
import { pageProviders } from '../../../test/page-providers';
import { LiveConnection } from '../live/live-connection';
import { HostEvents } from './host-events';
import { HostStore } from './host-store';
import { parseRange } from './time-range';

const ROOM = { room: 'host', hostId: HOST_ID } as const;

function open() {
  const socket = new FakeSocket();
  socket.answer(ROOM, { ok: true, snapshot: hostSnapshot(50) });
  TestBed.configureTestingModule({
    providers: [HostEvents, HostStore, ...pageProviders(socket, [])],
  });
  const http = TestBed.inject(HttpTestingController);
  const connection = TestBed.inject(LiveConnection);
  const store = TestBed.inject(HostStore);
  connection.open();
  socket.accept();
  store.open(HOST_ID);
  const question = (): TestRequest =>
    http.expectOne(({ url, method }) => method === 'GET' && url.endsWith('/series'));
  const update = (change: Partial<HostUpdate>) =>
    socket.host({
      hostId: HOST_ID,
      hubTime: NOW,
      card: hostCard(),
      layoutNumber: 1,
      frames: [],
      ...change,
    });
  const cpu = () => store.series('cpu.busy').flatMap(({ values }) => values);
  /** Questions about events that nobody has answered. */
  const eventQuestions = (): TestRequest[] => http.match(({ url }) => url.endsWith('/events'));
  return { store, socket, question, update, cpu, eventQuestions };
}

describe('a host under watch', () => {
  beforeEach(() => jest.useFakeTimers({ now: NOW }));
  afterEach(() => jest.useRealTimers());

  it('asks for ten minutes of history that end where the live frames begin', () => {
    const { question } = open();
    const { params } = question().request;
    expect(Number(params.get('to'))).toBe(NOW - 1);
    expect(Number(params.get('from'))).toBeLessThanOrEqual(NOW - 600_000);
    expect(params.get('metric')?.split(',')).toContain('memory.used');
  });

  it('joins history and live frames, also those that come while history is on its way', () => {
    const { store, question, update, cpu } = open();
    const request = question();
    update({ frames: [frame(2, 60)] });
    request.flush(cpuHistory(10, 20, 30));
    update({ frames: [frame(4, 70)] });
    expect(cpu()).toEqual([10, 20, 30, 50, 60, 70]);
    expect(store.window()).toEqual({ from: NOW + 4_000 - 600_000, to: NOW + 4_000 });
    expect(store.historyLoading()).toBe(false);
  });

  it('watches again when it does not know what the values mean', () => {
    const { socket, question, update, cpu } = open();
    question().flush(cpuHistory(10));
    update({ layoutNumber: 2, frames: [frame(2, 60)] });
    expect(socket.watched).toEqual([ROOM, ROOM]);
    question().flush(cpuHistory(10));
    update({ layoutNumber: 3, layout: { ...LAYOUT, number: 3 }, frames: [frame(4, 70)] });
    expect(cpu()).toEqual([10, 50, 70]);
    expect(socket.watched).toHaveLength(2);
  });

  it('asks again for what the host kept while it was cut off', () => {
    const { question, update, cpu } = open();
    question().flush(cpuHistory(10));
    update({ frames: [frame(60, 60)] });
    expect(cpu()).toEqual([10, 50, 60]);
    jest.advanceTimersByTime(6_000);
    const { params } = question().request;
    expect(Number(params.get('to'))).toBe(NOW + 60_000 - 1);
  });

  it('goes on with live data where the history fails, and says so', () => {
    const { store, question, update, cpu } = open();
    question().flush({ detail: 'storage is busy' }, { status: 503, statusText: 'Unavailable' });
    expect(store.historyError()).toBe('storage is busy.');
    update({ frames: [frame(2, 60)] });
    expect(cpu()).toEqual([50, 60]);
    store.retryHistory();
    question().flush(cpuHistory(10));
    expect(store.historyError()).toBeNull();
  });

  it('stands still while it is paused, and loses nothing meanwhile', () => {
    const { store, question, update, cpu } = open();
    question().flush(cpuHistory(10));
    store.pause();
    const window = store.window();
    update({ frames: [frame(2, 60)] });
    expect(store.window()).toEqual(window);
    expect(store.paused()).toBe(true);
    store.follow();
    expect(store.window().to).toBe(NOW + 2_000);
    expect(cpu()).toEqual([10, 50, 60]);
  });

  it('asks anew for a longer range, and again every minute', () => {
    const { store, question } = open();
    question().flush(cpuHistory(10));
    store.show(parseRange('1h'), null);
    const request = question();
    expect(Number(request.request.params.get('from'))).toBeLessThanOrEqual(NOW - 3_600_000);
    request.flush(cpuHistory(10));
    jest.advanceTimersByTime(61_000);
    question();
  });

  it('moves on with the clock of the hub while the host is silent', () => {
    const { store, question } = open();
    question().flush(cpuHistory(10));
    expect(store.window().to).toBe(NOW);
    jest.advanceTimersByTime(60_000);
    expect(store.window().to).toBe(NOW + 60_000);
  });

  it('follows the state that comes with the frames', () => {
    const { store, question, update } = open();
    question().flush(cpuHistory(10));
    update({ card: { ...hostCard(), status: 'stale', name: 'renamed' } });
    expect(store.host()).toMatchObject({ status: 'stale', name: 'renamed' });
    expect(store.host()?.facts?.kernel).toBe('6.1.0');
  });

  it('keeps nothing of the host before, also where the next one has sent nothing for long', () => {
    const { store, socket, question, cpu } = open();
    question().flush(cpuHistory(10, 20));
    const hostId = 'b'.repeat(32);
    const layout = { number: 1, series: ['load.1'] };
    const last: LiveFrame = [NOW - 3_600_000, [4]];
    const snapshot = { ...hostSnapshot(50, { id: hostId, status: 'down' }), layout, last };
    socket.answer({ room: 'host', hostId }, { ok: true, snapshot });
    store.open(hostId);
    expect(store.metrics()).toEqual(new Set(['load.1']));
    expect(store.latest('cpu.busy')).toEqual([]);
    expect(store.latest('load.1')).toEqual([{ instance: null, value: 4 }]);
    expect(cpu()).toEqual([]);
    expect(store.historyLoading()).toBe(true);
  });

  it('says that there is no such host', () => {
    const { store, socket } = open();
    socket.answer(ROOM, { ok: false, code: 'not_found', message: 'There is no such host.' });
    store.open(HOST_ID);
    expect(store.refused()).toBe('There is no such host.');
    expect(store.host()).toBeNull();
  });

  it('shows a part of time that was zoomed into, whatever comes meanwhile', () => {
    const { store, question, update, cpu } = open();
    question().flush(cpuHistory(10));
    const fixed = { from: NOW - 60_000, to: NOW - 30_000 };
    store.show(parseRange('1h'), fixed);
    const { params } = question().request;
    expect(Number(params.get('from'))).toBeLessThanOrEqual(fixed.from);
    expect(Number(params.get('to'))).toBe(fixed.to);
    expect(store.window()).toEqual(fixed);
    update({ frames: [frame(2, 60)] });
    expect(store.window()).toEqual(fixed);
    expect(cpu()).not.toContain(60);
    expect(store.latest('cpu.busy')).toEqual([{ instance: null, value: 60 }]);

    store.show(parseRange('1h'), null);
    expect(Number(question().request.params.get('to'))).toBe(NOW + 2_000 - 1);
    expect(store.fixed()).toBeNull();
  });

  it('asks for long ranges again at their own step', () => {
    const { store, question } = open();
    question().flush(cpuHistory(10));
    store.show(parseRange('24h'), null);
    question().flush({ ...cpuHistory(10), step: 120_000 });
    jest.advanceTimersByTime(119_000);
    expect(() => question()).toThrow();
    jest.advanceTimersByTime(2_000);
    question();
  });

  it('says that it catches up while older data comes in, and that it is over', () => {
    const { store, question, update } = open();
    question().flush(cpuHistory(10));
    update({ frames: [frame(60, 60)] });
    expect(store.catchingUp()).toBe(false);
    jest.advanceTimersByTime(2_000);
    question().flush(cpuHistory(10));
    jest.advanceTimersByTime(5_000);
    question().flush(cpuHistory(9, 10));
    expect(store.catchingUp()).toBe(true);
    jest.advanceTimersByTime(5_000);
    question().flush(cpuHistory(9, 10));
    expect(store.catchingUp()).toBe(false);
    update({ card: { ...hostCard(), status: 'catching_up' } });
    expect(store.catchingUp()).toBe(true);
  });

  it('draws a long range seldom, but says every new value', () => {
    const { store, question, update } = open();
    question();
    store.show(parseRange('24h'), null);
    question().flush({ ...cpuHistory(10), step: 120_000 });
    const window = store.window();
    update({ frames: [frame(2, 60)] });
    expect(store.window()).toEqual(window);
    expect(store.latest('cpu.busy')).toEqual([{ instance: null, value: 60 }]);
  });

  it('asks for the events of what is shown on the clock of the hub', () => {
    const { store, socket, eventQuestions } = open();
    socket.answer(ROOM, { ok: true, snapshot: hostSnapshot(50, { clockOffset: 5_000 }) });
    store.open(HOST_ID);
    eventQuestions();
    store.show(parseRange('1h'), { from: NOW - 60_000, to: NOW - 30_000 });
    const spans = eventQuestions().map(({ request: { params } }) => [
      params.get('from'),
      params.get('to'),
    ]);
    expect(spans).toContainEqual([String(NOW - 65_000), String(NOW - 35_000)]);
  });
});
