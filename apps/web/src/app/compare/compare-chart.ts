import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import type { BoardChart, FleetSeriesAnswer } from '@hostdeck/contracts';
import type { Subscription } from 'rxjs';
import { HubApi } from '../api/hub-api';
import { reasonSentence } from '../api/problem';
import { inSight } from '../charts/in-sight';
import { LineChart } from '../charts/line-chart';
import { unitOf } from '../charts/line-chart-option';
import { ThemePalette } from '../charts/palette';
import { FleetStore } from '../fleet/fleet-store';
import { Icon } from '../icons/icon';
import { HubClock } from '../live/hub-clock';
import { quantity } from '../units/quantity';
import { QuantityView } from '../units/quantity-view';
import { askTop } from './ask-top';
import { chartTitle, comparePictures } from './compare-series';
import { COMPARE_TEXTS } from './compare.texts';

/** Points of each line. */
const POINTS = 400;
/** Wait between two questions while the newest data is followed, ms: a twentieth of what is shown, within bounds. */
const LEAST_WAIT = 5_000;
const MOST_WAIT = 300_000;
const STEPS_SHOWN = 60;

/** One chart of a board, over the time all of them show. */
@Component({
  selector: 'hd-compare-chart',
  imports: [Icon, LineChart, QuantityView],
  templateUrl: './compare-chart.html',
  styleUrl: './compare-chart.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CompareChart {
  private readonly api = inject(HubApi);
  private readonly clock = inject(HubClock);
  private readonly fleet = inject(FleetStore);
  private readonly palette = inject(ThemePalette).palette;

  readonly chart = input.required<BoardChart>();
  /** Length of the newest time that is shown, ms. */
  readonly span = input.required<number>();
  /** A fixed part of time instead; `null`: the newest. */
  readonly fixed = input.required<{ readonly from: number; readonly to: number } | null>();
  readonly edit = output();
  readonly remove = output();
  readonly zoom = output<readonly [from: number, to: number]>();

  protected readonly texts = COMPARE_TEXTS;
  protected readonly quantity = quantity;
  protected readonly failure = signal('');
  private readonly answer = signal<FleetSeriesAnswer | null>(null);
  private readonly isolated = signal<string | null>(null);
  private readonly window = signal({ from: 0, to: 1 });
  private readonly seen = inSight();
  private request: Subscription | null = null;
  private again: ReturnType<typeof setTimeout> | undefined;

  /** Whether it is known which hosts there are: their values, which change all the time, do not matter here. */
  private readonly knowsHosts = computed(() => this.fleet.hosts() !== null);
  private readonly names = computed(() => {
    this.fleet.arrangement();
    this.knowsHosts();
    const hosts = untracked(this.fleet.hosts) ?? [];
    return new Map([...hosts].map(([id, { card }]) => [id, card.name]));
  });

  protected readonly title = computed(() => chartTitle(this.chart()));
  protected readonly note = computed(() => {
    const { hosts, top } = this.chart();
    return hosts.length === 0 ? COMPARE_TEXTS.top(top) : '';
  });
  protected readonly loading = computed(() => this.answer() === null && this.failure() === '');
  protected readonly parts = computed(() => {
    const answer = this.answer();
    if (answer === null) return [];
    const names = this.names();
    const pictures = comparePictures(answer, {
      chart: this.chart(),
      palette: this.palette(),
      nameOf: (id) => names.get(id) ?? COMPARE_TEXTS.unknownHost,
      window: this.window(),
    });
    const alone = this.isolated();
    return pictures.map(({ picture, all }) => {
      const shown = picture.lines.filter(({ key }) => alone === null || key === alone);
      return {
        left: all - picture.lines.length,
        picture: { ...picture, lines: shown.length === 0 ? picture.lines : shown },
        legend: picture.lines.map((line) => ({
          ...line,
          unit: unitOf(picture, line),
          isDrawn: shown.length === 0 || shown.includes(line),
          isAlone: line.key === alone,
          last: line.points.findLast(([, value]) => value !== null)?.[1] ?? null,
        })),
      };
    });
  });

  constructor() {
    const unfollow = this.fleet.follow();
    inject(DestroyRef).onDestroy(() => {
      unfollow();
      this.stop();
    });
    effect(() => {
      this.chart();
      this.span();
      this.fixed();
      untracked(() => this.answer.set(null));
    });
    effect(() => {
      this.chart();
      this.span();
      this.fixed();
      // The hosts with most can only be asked for when it is known which there are.
      const isReady = this.chart().hosts.length > 0 || this.knowsHosts();
      if (isReady && this.seen()) untracked(() => this.ask());
      else this.stop();
    });
  }

  protected toggle(key: string): void {
    this.isolated.update((before) => (before === key ? null : key));
  }

  protected ask(): void {
    this.stop();
    const now = Math.floor(this.clock.now());
    const window = this.fixed() ?? { from: now - this.span(), to: now };
    const { hosts, metrics, top } = this.chart();
    const range = { ...window, maxPoints: POINTS };
    const all = [...(this.fleet.hosts()?.keys() ?? [])];
    const question =
      hosts.length > 0
        ? this.api.fleetSeries({ hosts, metrics, ...range })
        : askTop(this.api, all, { metrics, top, ...range });
    this.request = question.subscribe({
      next: (answer) => {
        this.failure.set('');
        this.window.set(window);
        this.answer.set(answer);
        this.askAgain();
      },
      error: (error: unknown) => {
        this.failure.set(reasonSentence(error));
        this.askAgain();
      },
    });
  }

  private askAgain(): void {
    if (this.fixed() !== null) return;
    const wait = Math.min(MOST_WAIT, Math.max(LEAST_WAIT, this.span() / STEPS_SHOWN));
    this.again = setTimeout(() => this.ask(), wait);
  }

  private stop(): void {
    clearTimeout(this.again);
    this.request?.unsubscribe();
  }
}
