import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { Router } from '@angular/router';
import type { FleetSnapshot, FleetUpdate } from '@hostdeck/contracts';
import { FakeSocket, STORED } from '../../../test/fake-socket';
import { card, fleetSnapshot, NOW } from '../../../test/fleet-samples';
import { ADMIN, BlankPage, pageProviders } from '../../../test/page-providers';
import { LiveConnection } from './live-connection';

const FLEET = { room: 'fleet', histories: 'apart' } as const;
const HOST = { room: 'host', hostId: 'a'.repeat(32) } as const;

function open() {
  const socket = new FakeSocket();
  socket.answer(FLEET, { ok: true, snapshot: fleetSnapshot(card()) });
  TestBed.configureTestingModule({
    providers: pageProviders(socket, [
      { path: 'login', component: BlankPage },
      { path: '**', component: BlankPage },
    ]),
  });
  const connection = TestBed.inject(LiveConnection);
  const snapshots: FleetSnapshot[] = [];
  const updates: FleetUpdate[] = [];
  const stop = connection.watchFleet({
    snapshot: (snapshot) => snapshots.push(snapshot),
    update: (update) => updates.push(update),
    histories: () => undefined,
  });
  connection.open();
  return { socket, connection, snapshots, updates, stop };
}

function hide(hidden: boolean): void {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    get: () => (hidden ? 'hidden' : 'visible'),
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('the live connection', () => {
  afterEach(() => {
    jest.useRealTimers();
    hide(false);
  });

  it('watches what is looked at as soon as it stands, and nothing before', () => {
    const { socket, connection, snapshots } = open();
    expect(connection.state()).toBe('connecting');
    expect(socket.watched).toEqual([]);
    socket.accept();
    expect(connection.state()).toBe('connected');
    expect(socket.watched).toEqual([FLEET]);
    expect(snapshots).toHaveLength(1);
  });

  it('watches everything again after an interruption, and says since when it was lost', () => {
    const { socket, connection, snapshots } = open();
    connection.watchHost(HOST.hostId, {
      snapshot: () => undefined,
      update: () => undefined,
      refused: () => undefined,
    });
    socket.accept();
    socket.drop();
    expect(connection.state()).toBe('reconnecting');
    expect(connection.lostAt()).not.toBeNull();
    socket.accept();
    expect(connection.lostAt()).toBeNull();
    expect(socket.watched).toEqual([FLEET, HOST, FLEET, HOST]);
    expect(snapshots).toHaveLength(2);
  });

  it('is not sure of anything after it was out of sight, until the hub has answered', () => {
    const { socket, connection } = open();
    socket.accept();
    expect(connection.isFresh()).toBe(true);
    hide(true);
    hide(false);
    expect(connection.state()).toBe('checking');
    expect(connection.isFresh()).toBe(false);
    socket.presence = { ok: true, hubTime: NOW, version: '0.2.0', storage: STORED };
    hide(true);
    hide(false);
    expect(connection.state()).toBe('connected');
    expect(connection.hubVersion()).toBe('0.2.0');
    expect(socket.watched).toEqual([FLEET]);
  });

  it('connects anew and watches everything again when the connection died in silence', async () => {
    jest.useFakeTimers();
    const { socket, connection } = open();
    socket.accept();
    hide(true);
    hide(false);
    const { attempts } = socket;
    await jest.advanceTimersByTimeAsync(3_500);
    expect(socket.attempts).toBe(attempts + 1);
    expect(connection.state()).toBe('reconnecting');
    socket.accept();
    expect(socket.watched).toEqual([FLEET, FLEET]);
  });

  it('does not ask first whether a hub is there that has given the page up long ago', () => {
    const { socket, connection } = open();
    socket.accept();
    jest.useFakeTimers({ now: Date.now() + 3_600_000 });
    const { attempts, probes } = socket;
    globalThis.dispatchEvent(new Event('online'));
    expect(socket.attempts).toBe(attempts + 1);
    expect(socket.probes).toBe(probes);
    expect(connection.lostAt()).toBe(NOW);
  });

  it('asks a hub that says nothing for long', async () => {
    jest.useFakeTimers();
    const { socket } = open();
    socket.presence = { ok: true, hubTime: NOW, version: '0.1.0', storage: STORED };
    socket.accept();
    const { probes } = socket;
    for (let second = 0; second < 9; second += 1) {
      await jest.advanceTimersByTimeAsync(1_000);
      TestBed.tick();
    }
    expect(socket.probes).toBe(probes + 1);
  });

  it('stops watching what nobody looks at any more', () => {
    const { socket, updates, stop } = open();
    socket.accept();
    socket.fleet({ hubTime: NOW, cards: [card()], removed: [] });
    stop();
    socket.fleet({ hubTime: NOW, cards: [card()], removed: [] });
    expect(updates).toHaveLength(1);
    expect(socket.unwatched).toEqual([FLEET]);
    socket.drop();
    socket.accept();
    expect(socket.watched).toEqual([FLEET]);
  });

  it('leads to the sign-in page when the hub ends the session', async () => {
    const { socket } = open();
    const router = TestBed.inject(Router);
    await router.navigateByUrl('/hosts/abc');
    socket.accept();
    socket.signOut();
    await new Promise((resolve) => setTimeout(resolve));
    expect(router.url).toBe('/login?return=%2Fhosts%2Fabc');
    expect(socket.connected).toBe(false);
  });

  it('finds out whether the session has ended when it is refused', async () => {
    const { socket } = open();
    const http = TestBed.inject(HttpTestingController);
    const router = TestBed.inject(Router);
    await router.navigateByUrl('/hosts/abc');
    socket.refuse();
    http.expectOne('/api/auth/me').flush({}, { status: 401, statusText: 'Unauthorized' });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(router.url).toBe('/login?return=%2Fhosts%2Fabc');
  });

  it('tries again when it is refused and the session stands', async () => {
    jest.useFakeTimers();
    const { socket } = open();
    const http = TestBed.inject(HttpTestingController);
    const before = socket.attempts;
    socket.refuse();
    http.expectOne('/api/auth/me').flush(ADMIN);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(socket.attempts).toBe(before + 1);
  });
});
