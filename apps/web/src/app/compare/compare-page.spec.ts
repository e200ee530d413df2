import { HttpTestingController } from '@angular/common/http/testing';
import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { type Board, type FleetSeriesAnswer, isMetricId, METRICS } from '@hostdeck/contracts';
import { FakeSocket } from '../../../test/fake-socket';
import { card, fleetSnapshot, NOW } from '../../../test/fleet-samples';
import { ADMIN, pageProviders } from '../../../test/page-providers';
import { LineChart } from '../charts/line-chart';
import type { ChartPicture } from '../charts/line-chart-option';
import { LiveConnection } from '../live/live-connection';
import { Session } from '../session/session';
import { CompareChart } from './compare-chart';
import { ComparePage } from './compare-page';
import { rankHosts } from './compare-series';

/** Stands in for the canvas, which jsdom can not draw on. */
@Component({
  selector: 'hd-line-chart',
  template: '',
  host: { '[attr.data-lines]': 'lines()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class PlainChart {
  readonly picture = input.required<ChartPicture>();
  readonly name = input.required<string>();
  readonly zoom = output<readonly [from: number, to: number]>();
  protected lines(): string {
    return this.picture()
      .lines.map(({ label }) => label)
      .join('|');
  }
}

const WEB = card({ id: '1', name: '<b>web</b>' });
const DB = card({ id: '2', name: 'db' });
const BOARD: Board = {
  id: 'b'.repeat(32),
  name: 'Ours',
  shared: true,
  charts: [{ title: 'Load', hosts: [DB.id], top: 5, metrics: ['load.1'] }],
  owner: 'ada',
  mayChange: true,
  changedAt: NOW,
};

function series(host: string, metric: string, ...values: readonly number[]) {
  const points = values.map((value, index): [number, number, number, number] => [
    NOW - 10_000 + index * 1_000,
    value,
    value,
    value,
  ]);
  const unit = METRICS[isMetricId(metric) ? metric : 'cpu.busy'].unit;
  return { host, metric, instance: null, unit, points };
}

function answer(...all: FleetSeriesAnswer['series']): FleetSeriesAnswer {
  return { from: NOW - 600_000, to: NOW, step: 1_000, series: all };
}

async function open(url: string) {
  const socket = new FakeSocket();
  socket.answer({ room: 'fleet' }, { ok: true, snapshot: fleetSnapshot(WEB, DB) });
  TestBed.configureTestingModule({
    providers: pageProviders(socket, [{ path: '**', component: ComparePage }]),
  }).overrideComponent(CompareChart, {
    remove: { imports: [LineChart] },
    add: { imports: [PlainChart] },
  });
  const http = TestBed.inject(HttpTestingController);
  const restored = TestBed.inject(Session).restore();
  http.expectOne('/api/auth/me').flush(ADMIN);
  await restored;
  TestBed.inject(LiveConnection).open();
  socket.accept();
  const harness = await RouterTestingHarness.create(url);
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const settled = async () => {
    // Answers go through promises before they are on the page.
    await new Promise((done) => setTimeout(done));
    await harness.fixture.whenStable();
    await harness.fixture.whenStable();
  };
  await settled();
  return {
    page,
    http,
    socket,
    settled,
    boards: async (...items: readonly Board[]) => {
      http.expectOne({ method: 'GET', url: '/api/boards' }).flush({ items });
      await settled();
    },
    question: () => http.expectOne(({ url: asked }) => asked === '/api/series'),
    lines: () =>
      [...page.querySelectorAll('hd-line-chart')].map((one) => one.getAttribute('data-lines')),
  };
}

describe('comparing hosts', () => {
  it('draws what an address says: metrics of hosts, those of two units on two axes', async () => {
    const { boards, question, settled, lines, page } = await open(
      `/?metrics=cpu.busy,load.1,no.such&hosts=${WEB.id},${DB.id}`,
    );
    await boards();
    const asked = question();
    expect(asked.request.params.get('host')).toBe(`${WEB.id},${DB.id}`);
    expect(asked.request.params.get('metric')).toBe('cpu.busy,load.1');
    asked.flush(
      answer(
        series(WEB.id, 'cpu.busy', 1),
        series(DB.id, 'cpu.busy', 2),
        series(DB.id, 'load.1', 3),
      ),
    );
    await settled();
    expect(lines()).toEqual(['<b>web</b> · CPU busy|db · CPU busy|db · Load, 1 minute']);
    expect(page.querySelector('.legend b')).toBeNull();
    const legend = [...page.querySelectorAll('.legend li')].map((item) => item.textContent);
    expect(legend.map((text) => text.includes('on the right'))).toEqual([false, false, true]);
    expect(page.querySelector('[data-testid=many-units]')).toBeNull();
  });

  it('gives each of three units a plot of its own, and says why', async () => {
    const { boards, question, settled, lines, page } = await open(
      `/?metrics=cpu.busy,load.1,memory.used&hosts=${DB.id}`,
    );
    await boards();
    question().flush(
      answer(
        series(DB.id, 'cpu.busy', 1),
        series(DB.id, 'load.1', 2),
        series(DB.id, 'memory.used', 3),
      ),
    );
    await settled();
    expect(lines()).toEqual(['db', 'db', 'db']);
    expect(page.querySelector('[data-testid=many-units]')?.textContent).toContain('two axes');
  });

  it('asks for the hosts with most, and then for theirs', async () => {
    const { boards, question, settled, lines } = await open('/?metrics=cpu.busy');
    await boards();
    const all = question();
    expect(all.request.params.get('maxPoints')).toBe('10');
    all.flush(answer(series(WEB.id, 'cpu.busy', 5), series(DB.id, 'cpu.busy', 80)));
    const theirs = question();
    expect(theirs.request.params.get('host')).toBe(`${DB.id},${WEB.id}`);
    theirs.flush(answer(series(DB.id, 'cpu.busy', 80)));
    await settled();
    expect(lines()).toEqual(['db']);
  });

  it('does not ask anew whenever the fleet sends values', async () => {
    const { boards, question, settled, socket } = await open('/?metrics=cpu.busy');
    await boards();
    const all = question();
    socket.fleet({ cards: [WEB], removed: [], hubTime: NOW + 500 });
    await settled();
    expect(all.cancelled).toBe(false);
    all.flush(answer(series(WEB.id, 'cpu.busy', 5)));
    question();
  });

  it('opens a board, changes it, and keeps it for everybody or not', async () => {
    const { boards, question, settled, page, http } = await open(`/?board=${BOARD.id}`);
    await boards(BOARD);
    question().flush(answer(series(DB.id, 'load.1', 3)));
    await settled();
    expect(page.querySelector('[data-testid=compare-chart]')?.getAttribute('aria-label')).toBe(
      'Load',
    );
    const name = page.querySelector<HTMLInputElement>('[data-testid=board-name]');
    if (name === null) throw new Error('expected a name');
    expect(name.value).toBe('Ours');
    name.value = 'Theirs';
    name.dispatchEvent(new Event('input'));
    await settled();
    page.querySelector<HTMLElement>('[data-testid=save-board]')?.click();
    const saved = http.expectOne({ method: 'PUT', url: `/api/boards/${BOARD.id}` });
    expect(saved.request.body).toEqual({ name: 'Theirs', shared: true, charts: BOARD.charts });
    saved.flush({ ...BOARD, name: 'Theirs' });
    await settled();
    await boards({ ...BOARD, name: 'Theirs' });
    expect(page.querySelector('[data-testid=board-outcome]')?.textContent).toContain('saved');
  });

  it('says that a board is not there, and what to do first', async () => {
    const { boards, page } = await open(`/?board=${'c'.repeat(32)}`);
    await boards();
    expect(page.textContent).toContain('There is no such board');
    await TestBed.inject(Router).navigateByUrl('/');
    await TestBed.inject(Router).navigateByUrl('/?range=1h');
    expect(page.querySelector('[data-testid=add-chart]')).not.toBeNull();
  });
});

describe('the order of hosts', () => {
  it('is by what they had on average; hosts of which nothing is known are not in it', () => {
    const none = { ...series('3', 'cpu.busy'), points: [] };
    const all = [series('1', 'cpu.busy', 0, 90), series('2', 'cpu.busy', 50, 50), none];
    expect(rankHosts(answer(...all))).toEqual(['2', '1']);
  });
});
