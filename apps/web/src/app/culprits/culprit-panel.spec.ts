import { HttpTestingController } from '@angular/common/http/testing';
import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { CulpritRow, CulpritsAnswer } from '@hostdeck/contracts';
import { FakeSocket } from '../../../test/fake-socket';
import { NOW } from '../../../test/fleet-samples';
import { HOST_ID } from '../../../test/host-samples';
import { BlankPage, pageProviders } from '../../../test/page-providers';
import { CulpritPanel } from './culprit-panel';
import { type AskedTime, type CulpritOrder, parseAsked, writeAsked } from './culprit-question';

const MOMENT: AskedTime = { from: NOW - 60_000, to: NOW - 60_000 };

@Component({
  selector: 'hd-page-with-culprits',
  imports: [CulpritPanel],
  template: `
    <button id="before">Before</button>
    @if (asked(); as time) {
      <hd-culprit-panel
        [hostId]="hostId"
        [asked]="time"
        [by]="by()"
        chart="CPU"
        [readings]="[{ label: 'Busy', value: '97.3 %', most: '', colour: 'red' }]"
        [cores]="2"
        [now]="now"
        (askAbout)="asked.set($event)"
        (rank)="by.set($event)"
        (closed)="asked.set(null)"
      />
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class PageWithCulprits {
  protected readonly hostId = HOST_ID;
  protected readonly now = NOW;
  readonly asked = signal<AskedTime | null>(null);
  readonly by = signal<CulpritOrder>('cpu');
}

function row(change: Partial<CulpritRow>): CulpritRow {
  const known = { pid: 30, started: 1, name: 'node', user: 'ada', command: 'node burn.js' };
  const used = { cpu: 98, memory: 2 ** 20, mostCpu: 98, mostMemory: 2 ** 20 };
  return { ...known, ...used, firstSeen: NOW, lastSeen: NOW, ...change };
}

function answer(...items: readonly CulpritRow[]): CulpritsAnswer {
  const samples = items.length === 0 ? 0 : 1;
  const at = samples === 0 ? null : NOW - 62_000;
  return { from: at, to: at, samples, items: [...items] };
}

async function open(asked = MOMENT) {
  TestBed.configureTestingModule({
    providers: pageProviders(new FakeSocket(), [{ path: '**', component: BlankPage }]),
  });
  const fixture = TestBed.createComponent(PageWithCulprits);
  const page = fixture.nativeElement as HTMLElement;
  document.body.append(page);
  page.querySelector<HTMLElement>('#before')?.focus();
  fixture.componentInstance.asked.set(asked);
  await fixture.whenStable();
  const http = TestBed.inject(HttpTestingController);
  return {
    page,
    settled: () => fixture.whenStable(),
    question: () => http.expectOne(({ url }) => url === `/api/hosts/${HOST_ID}/culprits`),
    text: (id: string) =>
      page.querySelector(`[data-testid=${id}]`)?.textContent.replaceAll(/\s+/g, ' ').trim(),
    click: async (selector: string) => {
      page.querySelector<HTMLElement>(selector)?.click();
      await fixture.whenStable();
    },
  };
}

describe('who did this', () => {
  it('asks about a moment and shows who used most beside what the chart says', async () => {
    const { page, question, settled, text } = await open();
    expect(document.activeElement?.textContent).toBe('Who did this');
    const asked = question();
    expect(asked.request.params.toString()).toBe(`at=${MOMENT.from}&by=cpu`);
    asked.flush(answer(row({}), row({ pid: 31, name: 'cc', cpu: 12, command: null, user: null })));
    await settled();
    expect(text('culprits-reading')).toBe('Busy97.3 %');
    const [first, second] = [...page.querySelectorAll('[data-testid=culprit]')];
    expect(first?.textContent.replaceAll(/\s+/g, ' ')).toMatch(/node\s?98\.0 %\s?PID 30 · ada/);
    expect(first?.querySelector('b')?.title).toContain('49.0');
    expect(second?.textContent).toContain('no command line');
    expect(page.querySelector('[role=status]')?.textContent).toContain('node');
  });

  it('asks about another moment, another order, and a span', async () => {
    const { question, click, settled, page } = await open();
    question().flush(answer(row({})));
    await settled();
    await click('[data-testid=culprits-earlier]');
    const earlier = question();
    expect(earlier.request.params.get('at')).toBe(String(MOMENT.from - 10_000));
    earlier.flush(answer());
    await settled();
    expect(page.querySelector('[data-testid=no-culprits]')).not.toBeNull();
    page.querySelector('input[value=memory]')?.dispatchEvent(new Event('change'));
    await settled();
    expect(question().request.params.get('by')).toBe('memory');
  });

  it('asks about a span by both its ends', async () => {
    const { question, settled, page } = await open({ from: NOW - 90_000, to: NOW - 60_000 });
    const asked = question();
    expect(asked.request.params.toString()).toBe(`from=${NOW - 90_000}&to=${NOW - 60_000}&by=cpu`);
    asked.flush({ ...answer(row({ mostCpu: 180 })), samples: 3 });
    await settled();
    expect(page.textContent).toContain('at most 180');
    expect(page.textContent).toContain('Mean over 3 samples');
  });

  it('says why it does not know, and asks again', async () => {
    const { question, settled, page, click } = await open();
    question().flush({ detail: 'No.' }, { status: 503, statusText: 'x' });
    await settled();
    expect(page.textContent).toContain('Who was busy is not known: No.');
    await click('.failed button');
    question().flush(answer(row({})));
    await settled();
    expect(page.querySelectorAll('[data-testid=culprit]')).toHaveLength(1);
  });

  it('is closed with Escape, and the focus goes back to where it was', async () => {
    const { question, settled, page } = await open();
    question().flush(answer(row({ name: '<img src=x>' })));
    await settled();
    expect(page.querySelector('img')).toBeNull();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await settled();
    expect(page.querySelector('hd-culprit-panel')).toBeNull();
    expect(document.activeElement?.id).toBe('before');
  });
});

describe('the time that is asked about, in the address', () => {
  it('is a moment or a span, and nothing else', () => {
    expect(parseAsked(writeAsked(MOMENT))).toEqual(MOMENT);
    expect(parseAsked(writeAsked({ from: 5, to: 9 }))).toEqual({ from: 5, to: 9 });
    for (const odd of [undefined, '', '9-5', '-5', '1e9', '5-']) expect(parseAsked(odd)).toBeNull();
  });
});
