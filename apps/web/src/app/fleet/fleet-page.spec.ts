import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { FleetSnapshot, HostCard, Me } from '@hostdeck/contracts';
import { HttpTestingController } from '@angular/common/http/testing';
import { FakeSocket } from '../../../test/fake-socket';
import { card, fleetSnapshot, history, NOW } from '../../../test/fleet-samples';
import { ADMIN, pageProviders, VIEWER } from '../../../test/page-providers';
import { HubClock } from '../live/hub-clock';
import { LiveConnection } from '../live/live-connection';
import { Session } from '../session/session';
import { FleetPage } from './fleet-page';

const FLEET = { room: 'fleet' } as const;

async function open(fleet: readonly HostCard[] | FleetSnapshot | null, url = '/', me: Me = ADMIN) {
  const socket = new FakeSocket();
  if (fleet !== null) {
    const snapshot = 'room' in fleet ? fleet : fleetSnapshot(...fleet);
    socket.answer(FLEET, { ok: true, snapshot });
  }
  TestBed.configureTestingModule({
    providers: pageProviders(socket, [{ path: '', component: FleetPage }]),
  });
  const restored = TestBed.inject(Session).restore();
  TestBed.inject(HttpTestingController).expectOne('/api/auth/me').flush(me);
  await restored;
  TestBed.inject(LiveConnection).open();
  socket.accept();
  const harness = await RouterTestingHarness.create(url);
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const texts = (id: string) =>
    [...page.querySelectorAll(`[data-testid=${id}]`)].map((found) =>
      found.textContent.replaceAll('\u00a0', ' ').trim(),
    );
  return {
    page,
    socket,
    texts,
    settled: () => harness.fixture.whenStable(),
    names: () => texts('host-name'),
  };
}

describe('the fleet page', () => {
  afterEach(() => jest.useRealTimers());

  it('has a host on which something fires first, and says how much', async () => {
    const { texts, names, page } = await open([
      card({ id: '1'.repeat(32), name: 'calm', alerts: null }),
      card({ id: '2'.repeat(32), name: 'hot', alerts: { worst: 'critical', count: 2 } }),
    ]);
    expect(names()).toEqual(['hot', 'calm']);
    expect(texts('firing')).toEqual(['2 alerts']);
    const first = page.querySelector('[data-testid=host-card]');
    expect(first?.getAttribute('data-severity')).toBe('critical');
  });

  it('shows what every host does', async () => {
    const { texts, page } = await open([card({ name: 'web-01', tags: ['web'] })]);
    expect(texts('host-name')).toEqual(['web-01']);
    expect(texts('cpu')).toEqual(['12.4 %']);
    expect(texts('memory')).toEqual(['40.0 %']);
    expect(texts('disk')).toEqual(['55.5 %']);
    expect(texts('receive')).toEqual(['812 MB/s']);
    expect(texts('transmit')).toEqual(['1.20 kB/s']);
    expect(texts('load')).toEqual(['load 0.42']);
    expect(texts('uptime')).toEqual(['up 1 d']);
    const shown = page.querySelector('[data-testid=host-card]');
    expect(shown?.getAttribute('aria-label')).toBe('web-01, Live');
    // All of the card is inside of the link.
    expect(shown?.querySelector('a')?.getAttribute('href')).toMatch(/^\/hosts\/0+a$/);
    expect(shown?.querySelector('a')?.textContent).toBe(shown?.textContent);
  });

  it('shows the cards at once and draws their lines when those are there', async () => {
    const cards = [card({ id: '1', name: 'a-calm' }), card({ id: '2', name: 'b-busy' })];
    const { socket, page, names, settled } = await open({
      ...fleetSnapshot(),
      cards: cards.map((one) => ({ card: one, history: null })),
    });
    const lines = () =>
      [...page.querySelectorAll('[data-metric=cpu] .line')].map((line) => line.getAttribute('d'));
    expect(names()).toEqual(['a-calm', 'b-busy']);
    expect(lines()).toEqual(['', '']);
    socket.cardHistories({
      hubTime: NOW,
      histories: cards.map(({ id, name }) => ({
        hostId: id,
        history: history(name === 'b-busy' ? 95 : 10),
      })),
    });
    await settled();
    // One of them was busy for the whole minute, which only the lines tell.
    expect(names()).toEqual(['b-busy', 'a-calm']);
    expect(lines().every((line) => line !== '')).toBe(true);
  });

  it('moves with the messages of the hub', async () => {
    const { socket, texts, names, settled } = await open([
      card({ id: '1', name: 'web-01' }),
      card({ id: '2', name: 'web-02' }),
    ]);
    socket.fleet({
      hubTime: NOW + 500,
      cards: [
        card({ id: '1', name: 'web-01', sampledAt: NOW + 500, values: { cpu: 71.3 } }),
        card({ id: '3', name: 'web-03', sampledAt: NOW + 500 }),
      ],
      removed: ['2'.padStart(32, '0')],
    });
    await settled();
    expect(names()).toEqual(['web-01', 'web-03']);
    expect(texts('cpu')).toEqual(['71.3 %', '12.4 %']);
    expect(texts('host-count')).toEqual(['2 hosts']);
  });

  it('puts a host that falls silent first, says how old its values are, and keeps them', async () => {
    const { socket, page, texts, names, settled } = await open([
      card({ id: '1', name: 'a' }),
      card({ id: '2', name: 'b' }),
    ]);
    socket.fleet({
      hubTime: NOW + 8_000,
      cards: [card({ id: '2', name: 'b', status: 'stale' })],
      removed: [],
    });
    await settled();
    expect(names()).toEqual(['b', 'a']);
    const [stale] = page.querySelectorAll('[data-testid=host-card]');
    expect(stale?.getAttribute('data-severity')).toBe('stale');
    expect(stale?.classList).toContain('faded');
    expect(texts('status')[0]).toContain('Stale');
    expect(texts('cpu')[0]).toBe('12.4 %');
    const age = Math.floor(TestBed.inject(HubClock).since(NOW) / 1_000);
    expect(age).toBeGreaterThanOrEqual(8);
    expect(texts('age')[0]).toBe(`${age} s ago`);
  });

  it('shows unknown values as unknown', async () => {
    const { texts } = await open([
      card({ lastSeen: null, values: { cpu: null, memory: null, disk: null, receive: null } }),
    ]);
    for (const id of ['cpu', 'memory', 'disk', 'receive']) expect(texts(id)).toEqual(['–']);
    expect(texts('age')).toEqual(['no data yet']);
  });

  it('keeps hostile names text', async () => {
    const name = `<img src=x onerror="alert(1)">${'x'.repeat(200)}`;
    const { page, names } = await open([
      card({ name, tags: ['<b>bold</b>'], values: { disk: { mount: '<script>', share: 5 } } }),
    ]);
    expect(names()).toEqual([name]);
    expect(page.querySelector('img, script, .tag b')).toBeNull();
    expect(page.textContent).toContain('<b>bold</b>');
  });

  it('narrows to what the address says, and writes there what is typed', async () => {
    const { page, names, settled } = await open(
      [
        card({ id: '1', name: 'web-01', tags: ['web'] }),
        card({ id: '2', name: 'db-01', status: 'stale' }),
      ],
      '/?status=stale',
    );
    expect(names()).toEqual(['db-01']);
    page.querySelector<HTMLElement>('[data-status=stale][aria-pressed=true]')?.click();
    await settled();
    expect(names()).toEqual(['db-01', 'web-01']);
    const search = page.querySelector<HTMLInputElement>('[data-testid=search]');
    if (search === null) throw new Error('expected a search field');
    search.value = 'web';
    search.dispatchEvent(new Event('input'));
    await settled();
    expect(TestBed.inject(Router).url).toBe('/?q=web');
    expect(names()).toEqual(['web-01']);
  });

  it('goes to the search field at a slash', async () => {
    const { page } = await open([card()]);
    document.body.append(page);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));
    expect(document.activeElement?.getAttribute('data-testid')).toBe('search');
    page.remove();
  });

  it('offers to add a host where there is none, to who may', async () => {
    const { page } = await open([]);
    expect(page.textContent).toContain('No hosts yet');
    expect(page.querySelector('hd-empty-state button')?.textContent).toContain('Add a host');
  });

  it('offers a viewer nothing it has no right to', async () => {
    const { page } = await open([], '/', VIEWER);
    expect(page.textContent).toContain('No hosts yet');
    expect(page.querySelector('[data-testid=add-host], hd-empty-state button')).toBeNull();
  });

  it('shows that the fleet is on its way', async () => {
    const { page } = await open(null);
    expect(page.querySelector('hd-card-skeletons')).not.toBeNull();
  });

  it('draws a screenful of a thousand hosts', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      card({ id: String(index), name: `node-${index}` }),
    );
    const { page, texts } = await open(many);
    expect(texts('host-count')).toEqual(['1,000 hosts']);
    expect(page.querySelectorAll('[data-testid=host-card]').length).toBeLessThan(60);
  });
});
