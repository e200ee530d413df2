import { HttpTestingController } from '@angular/common/http/testing';
import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { DeferBlockBehavior, DeferBlockState, TestBed } from '@angular/core/testing';
import { Title } from '@angular/platform-browser';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { HostEvent, HostSummary, Me } from '@hostdeck/contracts';
import { FakeSocket } from '../../../test/fake-socket';
import { NOW } from '../../../test/fleet-samples';
import { cpuHistory, frame, HOST_ID, hostCard, hostSnapshot } from '../../../test/host-samples';
import { ADMIN, BlankPage, pageProviders, VIEWER } from '../../../test/page-providers';
import type { ChartMarks } from '../charts/chart-marks';
import { LineChart } from '../charts/line-chart';
import type { ChartPicture } from '../charts/line-chart-option';
import { LiveConnection } from '../live/live-connection';
import { Session } from '../session/session';
import { ChartPanel } from './chart-panel';
import { HostPage } from './host-page';

const ROOM = { room: 'host', hostId: HOST_ID } as const;

/** Stands in for the canvas, which jsdom can not draw on; the options of the real one have their own specs. */
@Component({
  selector: 'hd-line-chart',
  template: '',
  host: {
    '[attr.data-points]': 'points()',
    '[attr.data-events]': 'events()',
    '(dblclick)': 'zoom.emit([1_700_000_000_000, 1_700_000_060_000])',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class PlainChart {
  readonly picture = input.required<ChartPicture>();
  readonly marks = input.required<ChartMarks>();
  readonly name = input.required<string>();
  readonly ask = output<readonly [from: number, to: number]>();
  readonly zoom = output<readonly [from: number, to: number]>();
  protected points(): string {
    return JSON.stringify(
      this.picture().lines.map((line) => line.points.map(([, value]) => value)),
    );
  }
  protected events(): string {
    return this.marks()
      .events.map(({ label }) => label)
      .join();
  }
}

async function open(change: Partial<HostSummary> = {}, me: Me = ADMIN) {
  const socket = new FakeSocket();
  socket.answer(ROOM, { ok: true, snapshot: hostSnapshot(50, change) });
  TestBed.configureTestingModule({
    deferBlockBehavior: DeferBlockBehavior.Manual,
    providers: pageProviders(socket, [
      { path: 'hosts/:id', component: HostPage },
      { path: '**', component: BlankPage },
    ]),
  }).overrideComponent(ChartPanel, {
    remove: { imports: [LineChart] },
    add: { imports: [PlainChart] },
  });
  const http = TestBed.inject(HttpTestingController);
  const restored = TestBed.inject(Session).restore();
  http.expectOne('/api/auth/me').flush(me);
  await restored;
  TestBed.inject(LiveConnection).open();
  socket.accept();
  const harness = await RouterTestingHarness.create(`/hosts/${HOST_ID}`);
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const text = (selector: string) =>
    page.querySelector(selector)?.textContent.replaceAll('\u00a0', ' ').trim();
  return {
    page,
    socket,
    http,
    text,
    settled: () => harness.fixture.whenStable(),
    history: (...values: number[]) =>
      http.expectOne(({ url }) => url.endsWith('/series')).flush(cpuHistory(...values)),
    /** Answers every question about events that is open. */
    events: (...items: HostEvent[]) => {
      for (const request of http.match(({ url }) => url.endsWith('/events')))
        request.flush({ items });
    },
    /** Scrolls a chart into view. */
    showChart: async (index: number) => {
      const blocks = await harness.fixture.getDeferBlocks();
      await blocks[index]?.render(DeferBlockState.Complete);
      await harness.fixture.whenStable();
    },
  };
}

describe('the host page', () => {
  it('says what the host is', async () => {
    const { text } = await open();
    expect(text('[data-testid=host-name]')).toBe('db-primary');
    expect(text('[data-testid=facts]')).toContain('Debian GNU/Linux 12');
    expect(text('[data-testid=facts]')).toContain('EPYC · 2 logical processors');
    expect(text('[data-testid=facts]')).toContain('16.0 GiB');
    expect(text('[data-testid=facts]')).not.toContain('Swap');
    expect(TestBed.inject(Title).getTitle()).toBe('db-primary · Hostdeck');
  });

  it('does not show the past as if it were now', async () => {
    const day = 86_400_000;
    const { text, page, socket, settled } = await open({ status: 'down', lastSeen: NOW - day });
    expect(text('[data-testid=status]')).toBe('Down 1 d ago');
    // It had run for 25 hours if it ran still.
    expect(text('[data-testid=facts]')).toContain('Uptime1 h');
    expect(page.querySelector('[data-testid=gauges]')?.className).toBe('faded');
    socket.drop();
    await settled();
    expect(text('[data-testid=status]')).toBe('Last seen 1 d ago');
  });

  it('shows now, min, mean and max of the CPU, and moves with the frames', async () => {
    const { socket, history, showChart, settled, text, page } = await open();
    history(10, 30);
    await showChart(0);
    const statistic = (name: string) => text(`[data-testid=chart-cpu] [data-testid=${name}]`);
    expect(['now', 'min', 'mean', 'max'].map(statistic)).toEqual([
      '50.0 %',
      '10.0 %',
      '30.0 %',
      '50.0 %',
    ]);
    socket.host({
      hostId: HOST_ID,
      hubTime: NOW + 2_000,
      card: hostCard(),
      layoutNumber: 1,
      frames: [frame(2, 90)],
    });
    await settled();
    expect(['now', 'max'].map(statistic)).toEqual(['90.0 %', '90.0 %']);
    expect(page.querySelector('hd-line-chart')?.getAttribute('data-points')).toBe(
      '[[10,30,50,90]]',
    );
  });

  it('names the lines of a chart that has several, each with its newest value', async () => {
    const { history, showChart, page } = await open();
    history(10);
    await showChart(4);
    const legend = [...page.querySelectorAll('[data-testid=chart-network] .legend li')].map(
      (line) => line.textContent.replaceAll('\u00a0', ' ').replaceAll(/\s+/g, ' ').trim(),
    );
    expect(legend).toEqual(['eth0 in 812 MB/s', 'eth0 out 1.20 kB/s']);
  });

  it('shows every core', async () => {
    const { history, settled, page } = await open();
    history(10);
    await settled();
    const cores = [...page.querySelectorAll('[data-testid=cores] li')].map((core) =>
      core.getAttribute('title')?.replaceAll('\u00a0', ' '),
    );
    expect(cores).toEqual(['Core 0: 50.0 %', 'Core 1: 3.0 %']);
  });

  it('keeps the range in the address', async () => {
    const { history, page, http, settled } = await open();
    history(10);
    page.querySelector<HTMLInputElement>('[data-testid=range] input[value="1h"]')?.click();
    await settled();
    await settled();
    expect(TestBed.inject(Router).url).toBe(`/hosts/${HOST_ID}?range=1h`);
    http.expectOne(({ url }) => url.endsWith('/series'));
  });

  it('says so where there is no such host', async () => {
    const { socket, page, settled } = await open();
    socket.answer(ROOM, { ok: false, code: 'not_found', message: 'There is no such host.' });
    socket.drop();
    socket.accept();
    await settled();
    expect(page.textContent).toContain('No such host');
  });

  it('offers changes to those who may make them', async () => {
    expect((await open()).page.querySelector('[data-testid=host-menu]')).not.toBeNull();
    TestBed.resetTestingModule();
    expect((await open({}, VIEWER)).page.querySelector('[data-testid=host-menu]')).toBeNull();
  });

  it('keeps a hostile name text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const { page, text } = await open({ name, tags: ['<i>x</i>'] });
    expect(text('[data-testid=host-name]')).toBe(name);
    expect(page.querySelector('img, .tag i')).toBeNull();
  });

  it('tells what happened, in the strip, in the charts and in words, and goes on telling', async () => {
    const { page, history, events, showChart, settled, socket, text } = await open();
    history(10);
    const hostile = '<img src=x onerror=alert(1)>';
    events(
      { at: NOW - 60_000, kind: 'rebooted', detail: { bootedAt: null }, text: hostile },
      {
        at: NOW - 120_000,
        kind: 'status',
        detail: { from: 'down', to: 'live' },
        text: 'live, was down',
      },
      {
        at: NOW - 240_000,
        until: NOW - 180_000,
        kind: 'hub_blind',
        detail: {},
        text: 'the hub was off',
      },
    );
    await showChart(0);
    const states = () =>
      [...page.querySelectorAll('[data-testid=state]')].map((one) =>
        one.getAttribute('data-state'),
      );
    const words = () =>
      [...page.querySelectorAll('[data-testid=event] bdi')].map((one) => one.textContent);
    expect(states()).toEqual(['down', 'blind', 'down', 'live']);
    expect(page.querySelector('[data-testid=state]')?.getAttribute('aria-label')).toMatch(
      /^Down, /,
    );
    expect(words()).toEqual([hostile, 'Live, was down', 'The hub was off for 1\u00a0min']);
    expect(page.querySelector('img')).toBeNull();
    expect(page.querySelector('hd-line-chart')?.getAttribute('data-events')).toBe('reboot');

    socket.host({
      hostId: HOST_ID,
      hubTime: NOW + 2_000,
      card: hostCard(),
      layoutNumber: 1,
      frames: [frame(2, 90)],
      events: [
        { at: NOW - 500, kind: 'agent_restarted', detail: {}, text: 'the agent was restarted' },
      ],
    });
    await settled();
    expect(words()[0]).toBe('The agent was restarted');
    expect(page.querySelector('hd-line-chart')?.getAttribute('data-events')).toBe(
      'reboot,agent restart',
    );
    expect(text('[data-testid=events] h2')).toBe('What happened');
  });

  it('says that nothing has happened yet', async () => {
    const { history, events, settled, text } = await open();
    history(10);
    events();
    await settled();
    expect(text('[data-testid=events]')).toContain('Nothing yet.');
  });

  it('leads from state to state with the arrow keys, with one stop of the tab key', async () => {
    const { page, history, events, settled } = await open();
    history(10);
    const change = { from: 'down', to: 'live' } as const;
    events({ at: NOW - 120_000, kind: 'status', detail: change, text: 'live, was down' });
    await settled();
    const stops = () =>
      [...page.querySelectorAll('[data-testid=state]')].map((one) => one.getAttribute('tabindex'));
    expect(stops()).toEqual(['-1', '0']);
    const stop = page.querySelector('[data-testid=state][tabindex="0"]');
    stop?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    await settled();
    expect(stops()).toEqual(['0', '-1']);
  });

  it('zooms into what is drawn over, keeps it in the address, and comes back to live', async () => {
    const { page, history, http, showChart, settled } = await open();
    history(10);
    await showChart(0);
    page.querySelector('hd-line-chart')?.dispatchEvent(new Event('dblclick'));
    await settled();
    await settled();
    expect(TestBed.inject(Router).url).toBe(
      `/hosts/${HOST_ID}?from=1700000000000&to=1700000060000`,
    );
    const { params } = http.expectOne(({ url }) => url.endsWith('/series')).request;
    expect(params.get('to')).toBe('1699999999999');
    page.querySelector<HTMLButtonElement>('[data-testid=back-to-live]')?.click();
    await settled();
    await settled();
    expect(TestBed.inject(Router).url).toBe(`/hosts/${HOST_ID}`);
    expect(page.querySelector('[data-testid=back-to-live]')).toBeNull();
  });

  it('moves through time with buttons', async () => {
    const { page, history, settled } = await open();
    history(10);
    page.querySelector<HTMLButtonElement>('[data-testid=time-in]')?.click();
    await settled();
    await settled();
    const query = TestBed.inject(Router).parseUrl(TestBed.inject(Router).url).queryParams;
    expect(Number(query.to) - Number(query.from)).toBe(300_000);
    expect(page.querySelector('[data-testid=back-to-live]')).not.toBeNull();
  });
});
