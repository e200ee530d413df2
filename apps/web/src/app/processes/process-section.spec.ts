import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { ChangeDetectionStrategy, Component } from '@angular/core';
import type { ProcessScan } from '@hostdeck/contracts';
import { FakeSocket } from '../../../test/fake-socket';
import { NOW } from '../../../test/fleet-samples';
import { HOST_ID } from '../../../test/host-samples';
import { pageProviders } from '../../../test/page-providers';
import { scan, values } from '../../../test/process-samples';
import { LiveConnection } from '../live/live-connection';
import { ProcessSection } from './process-section';

const ROOM = { room: 'processes', hostId: HOST_ID } as const;

@Component({
  selector: 'hd-page-with-processes',
  imports: [ProcessSection],
  template: `<hd-process-section [hostId]="hostId" [now]="now" />`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class PageWithProcesses {
  protected readonly hostId = HOST_ID;
  protected readonly now = NOW;
}

const SCAN = scan([
  { pid: 10, ppid: 0, name: 'init', cpu: 1, command: '/sbin/init' },
  { pid: 30, ppid: 10, name: 'node', cpu: 90, memory: 500, command: 'node burn.js', user: 'ada' },
  { pid: 40, ppid: 10, name: 'kthread', cpu: null, user: null },
]);

async function open(answer: { scan: ProcessScan | null; unavailable: string | null }) {
  localStorage.clear();
  const socket = new FakeSocket();
  socket.answer(ROOM, {
    ok: true,
    snapshot: { room: 'processes', hubTime: NOW, ...answer },
  });
  TestBed.configureTestingModule({
    providers: pageProviders(socket, [{ path: '**', component: PageWithProcesses }]),
  });
  TestBed.inject(LiveConnection).open();
  socket.accept();
  const harness = await RouterTestingHarness.create('/');
  const page = harness.routeNativeElement;
  if (page === null) throw new Error('expected a page');
  const settled = async () => {
    // One turn for the address, and one for what follows it.
    await harness.fixture.whenStable();
    await harness.fixture.whenStable();
  };
  await settled();
  return {
    page,
    socket,
    settled,
    text: (id: string) =>
      page.querySelector(`[data-testid=${id}]`)?.textContent.replaceAll(/\s+/g, ' ').trim(),
    names: () =>
      [...page.querySelectorAll('[data-testid=process] [data-column=name]')].map((cell) =>
        cell.textContent.trim(),
      ),
    click: async (id: string) => {
      page.querySelector<HTMLElement>(`[data-testid=${id}]`)?.click();
      await settled();
    },
    press: async (...keys: readonly string[]) => {
      for (const key of keys) {
        page
          .querySelector('[data-testid=process-table]')
          ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        await settled();
      }
    },
  };
}

describe('the processes of a host', () => {
  it('are a table, the busiest first, that moves with the scans and says how many there are', async () => {
    const { page, names, socket, settled, text } = await open({ scan: SCAN, unavailable: null });
    expect(names()).toEqual(['node', 'init', 'kthread']);
    expect(text('process-count')).toBe('3 processes');
    const head = page.querySelector('[role=columnheader]:has([data-testid=sort-cpu])');
    expect(head?.getAttribute('aria-sort')).toBe('descending');
    socket.processes({
      hostId: HOST_ID,
      hubTime: NOW,
      scan: scan([], { first: false, total: 2, gone: [30], values: [values({ pid: 40, cpu: 2 })] }),
    });
    await settled();
    expect(names()).toEqual(['kthread', 'init']);
    expect(text('process-count')).toBe('2 processes');
  });

  it('explain what is not known, and how many were not sent', async () => {
    const cut = { ...SCAN, total: 12_345 };
    const { page, text } = await open({ scan: cut, unavailable: null });
    const title = (column: string) =>
      page.querySelectorAll(`[data-column=${column}]`)[2]?.getAttribute('title');
    expect(title('cpu')).toContain('Not known');
    expect(title('command')).toContain('A kernel thread has none');
    expect(text('process-cut')).toContain('12,345 processes; this table has 3 of them');
  });

  it('keep filter and order in the address, and offer a way back from nothing', async () => {
    const { page, names, click, settled, text } = await open({ scan: SCAN, unavailable: null });
    await click('sort-name');
    expect(names()).toEqual(['init', 'kthread', 'node']);
    const field = page.querySelector<HTMLInputElement>('[data-testid=process-filter]');
    if (field === null) throw new Error('expected a filter');
    field.value = 'burn';
    field.dispatchEvent(new Event('input'));
    await settled();
    expect(names()).toEqual(['node']);
    expect(text('process-count')).toBe('1 of 3 processes');
    expect(TestBed.inject(Router).url).toBe('/?sort=name&find=burn');
    field.value = 'nothing like it';
    field.dispatchEvent(new Event('input'));
    await settled();
    expect(text('no-process')).toContain('No process matches');
    page.querySelector<HTMLElement>('[data-testid=no-process] button')?.click();
    await settled();
    expect(names()).toHaveLength(3);
  });

  it('stand still while paused', async () => {
    const { names, click, socket, settled, text } = await open({ scan: SCAN, unavailable: null });
    await click('process-pause');
    const update = { hostId: HOST_ID, hubTime: NOW };
    socket.processes({ ...update, scan: scan([], { first: false, gone: [30] }) });
    await settled();
    expect(names()).toContain('node');
    expect(text('process-age')).toContain('Paused at');
    await click('process-pause');
    expect(names()).not.toContain('node');
  });

  it('are led through and chosen with the keyboard, and folded in the tree', async () => {
    const { page, names, click, press, text } = await open({ scan: SCAN, unavailable: null });
    await click('process-tree');
    const table = page.querySelector('[data-testid=process-table]');
    expect(table?.getAttribute('role')).toBe('treegrid');
    expect(names()).toEqual(['init', 'node', 'kthread']);
    await press('ArrowDown', 'ArrowLeft');
    expect(names()).toEqual(['init']);
    await press('ArrowRight', 'ArrowDown', 'Enter');
    expect(table?.getAttribute('aria-activedescendant')).toMatch(/^process-30-/);
    expect(text('process-details')).toContain('node burn.js');
    expect(text('process-details')).toContain('10 init');
    expect(page.querySelector('[aria-selected=true]')?.id).toMatch(/^process-30-/);
  });

  it('show the columns that are chosen, and remember them', async () => {
    const { page, click, settled } = await open({ scan: SCAN, unavailable: null });
    expect(page.querySelector('[data-testid=sort-files]')).toBeNull();
    await click('process-columns');
    document.querySelector<HTMLElement>('[data-testid=column-files]')?.click();
    await settled();
    expect(page.querySelector('[data-testid=sort-files]')).not.toBeNull();
    expect(localStorage.getItem('hostdeck.process-columns')).toContain('files');
  });

  it('say why there are none', async () => {
    const reason = 'The agent is away.';
    const { text, socket, settled } = await open({ scan: null, unavailable: reason });
    expect(text('process-unavailable')).toContain(reason);
    socket.processes({ hostId: HOST_ID, hubTime: NOW, scan: SCAN });
    await settled();
    expect(text('process-unavailable')).toBeUndefined();
    expect(text('process-count')).toBe('3 processes');
  });

  it('say that the first scan is on its way, and how old the last is when the connection is lost', async () => {
    const { text, socket, settled } = await open({ scan: null, unavailable: null });
    expect(text('process-waiting')).toContain('Waiting for the first scan');
    socket.processes({ hostId: HOST_ID, hubTime: NOW, scan: SCAN });
    socket.drop();
    await settled();
    expect(text('process-age')).toContain('The connection to the hub is lost');
  });

  it('keep hostile names text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const command = `${'x'.repeat(1_000)}\u{1f525}`;
    const { page, names } = await open({
      scan: scan([{ pid: 1, name, command, user: '<b>' }]),
      unavailable: null,
    });
    expect(names()).toEqual([name]);
    expect(page.querySelector('img, b')).toBeNull();
  });
});
