import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import type { CulpritRow, CulpritsAnswer } from '@hostdeck/contracts';
import type { Subscription } from 'rxjs';
import { HubApi } from '../api/hub-api';
import { reasonSentence } from '../api/problem';
import { fullTime } from '../charts/time-labels';
import { Icon } from '../icons/icon';
import { durationWords } from '../units/duration';
import { formatExact, formatValue } from '../units/quantity';
import { type AskedTime, type CulpritOrder, culpritsQuestion } from './culprit-question';
import { CULPRIT_TEXTS } from './culprits.texts';

/** Time between two samples of culprits, ms: a younger moment is asked for again. */
const CADENCE = 10_000;

/** A line of a chart at the time that is asked about. */
export interface ChartReading {
  readonly label: string;
  readonly value: string;
  /** The greatest over a span; empty at a moment. */
  readonly most: string;
  readonly colour: string;
}

/** The processes that used most at a moment or over a span, beside what the chart says of it. */
@Component({
  selector: 'hd-culprit-panel',
  imports: [Icon, RouterLink],
  templateUrl: './culprit-panel.html',
  styleUrl: './culprit-panel.scss',
  host: { '(document:keydown.escape)': 'closed.emit()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CulpritPanel {
  private readonly api = inject(HubApi);
  private readonly document = inject(DOCUMENT);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly hostId = input.required<string>();
  readonly asked = input.required<AskedTime>();
  readonly by = input.required<CulpritOrder>();
  /** Title of the chart that was pointed at, and what it says; empty where it was none. */
  readonly chart = input.required<string>();
  readonly readings = input.required<readonly ChartReading[]>();
  /** Logical processors of the host; `null` unknown. */
  readonly cores = input.required<number | null>();
  /** The host's clock, ms since the epoch. */
  readonly now = input.required<number>();

  readonly closed = output();
  readonly askAbout = output<AskedTime>();
  readonly rank = output<CulpritOrder>();

  protected readonly texts = CULPRIT_TEXTS;
  protected readonly orders = ['cpu', 'memory'] as const;
  protected readonly answer = signal<CulpritsAnswer | null>(null);
  protected readonly failure = signal('');
  private request: Subscription | null = null;
  private again: ReturnType<typeof setTimeout> | undefined;

  protected readonly isMoment = computed(() => this.asked().from === this.asked().to);
  protected readonly time = computed(() => {
    const { from, to } = this.asked();
    return this.isMoment()
      ? fullTime(from)
      : CULPRIT_TEXTS.between(fullTime(from), fullTime(to), durationWords(to - from));
  });
  protected readonly rows = computed(() => {
    const items = this.answer()?.items ?? [];
    const by = this.by();
    const top = Math.max(0, ...items.map((row) => row[by] ?? 0));
    return items.map((row) => ({
      ...row,
      key: `${row.pid}-${row.started}`,
      share: top === 0 ? 0 : (100 * (row[by] ?? 0)) / top,
      main: this.amount(row, by),
      exact: this.exact(row),
      other: this.amount(row, by === 'cpu' ? 'memory' : 'cpu'),
      most: this.isMoment() ? '' : CULPRIT_TEXTS.most(this.greatest(row, by)),
    }));
  });
  protected readonly source = computed(() => {
    const { samples = 0, from = null, to = null } = this.answer() ?? {};
    if (samples === 0 || from === null || to === null) return '';
    return samples === 1
      ? CULPRIT_TEXTS.sample(fullTime(from))
      : CULPRIT_TEXTS.samples(samples, fullTime(from), fullTime(to));
  });

  /** What a screen reader says when the answer is there; the list itself is not read out. */
  protected readonly spoken = computed(() => {
    if (this.answer() === null) return this.failure() === '' ? CULPRIT_TEXTS.loading : '';
    const [first] = this.rows();
    return first === undefined ? CULPRIT_TEXTS.none : CULPRIT_TEXTS.spoken(first.name, first.main);
  });

  constructor() {
    const before = this.document.activeElement;
    effect(() => {
      this.asked();
      this.by();
      this.hostId();
      untracked(() => {
        this.answer.set(null);
        this.ask();
      });
    });
    afterNextRender(() => this.element.querySelector<HTMLElement>('h2')?.focus());
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.again);
      this.request?.unsubscribe();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    });
  }

  protected ask(): void {
    clearTimeout(this.again);
    this.request?.unsubscribe();
    this.failure.set('');
    const question = culpritsQuestion(this.asked(), this.by());
    this.request = this.api.culprits(this.hostId(), question).subscribe({
      next: (answer) => {
        this.answer.set(answer);
        // The sample that is nearest may still be on its way.
        if (this.now() - this.asked().to < 2 * CADENCE) {
          this.again = setTimeout(() => this.ask(), CADENCE / 2);
        }
      },
      error: (error: unknown) => this.failure.set(reasonSentence(error)),
    });
  }

  protected move(ms: number): void {
    const { from, to } = this.asked();
    this.askAbout.emit({ from: from + ms, to: to + ms });
  }

  private amount(row: CulpritRow, what: CulpritOrder): string {
    return formatValue(what === 'cpu' ? 'percent' : 'bytes', row[what]);
  }

  private greatest(row: CulpritRow, what: CulpritOrder): string {
    return what === 'cpu'
      ? formatValue('percent', row.mostCpu)
      : formatValue('bytes', row.mostMemory);
  }

  private exact({ cpu, memory }: CulpritRow): string {
    const cores = this.cores();
    const ofHost =
      cpu === null || cores === null || cores === 0
        ? ''
        : ` (${CULPRIT_TEXTS.ofHost(formatExact('percent', cpu / cores))})`;
    return `${formatExact('percent', cpu)}${ofHost}, ${formatExact('bytes', memory)}`;
  }
}
