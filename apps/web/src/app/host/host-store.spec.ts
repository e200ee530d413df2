import { HttpTestingController, type TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import type { HostUpdate } from '@hostdeck/contracts';
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
import { HostStore } from './host-store';
import { parseRange } from './time-range';

const ROOM = { room: 'host', hostId: HOST_ID } as const;

function open() {
  const socket = new FakeSocket();
  socket.answer(ROOM, { ok: true, snapshot: hostSnapshot(50) });
  TestBed.configureTestingModule({ providers: [HostStore, ...pageProviders(socket, [])] });
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
  return { store, socket, question, update, cpu };
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
    expect(store.historyError()).toBe('storage is busy');
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
    store.choose(parseRange('1h'));
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

  it('says that there is no such host', () => {
    const { store, socket } = open();
    socket.answer(ROOM, { ok: false, code: 'not_found', message: 'There is no such host.' });
    store.open(HOST_ID);
    expect(store.refused()).toBe('There is no such host.');
    expect(store.host()).toBeNull();
  });
});
