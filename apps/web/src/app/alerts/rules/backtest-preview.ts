import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
} from '@angular/core';
import type { BacktestAnswer, NewAlertRule } from '@hostdeck/contracts';
import { reasonSentence } from '../../api/problem';
import { HubClock } from '../../live/hub-clock';
import { FormError } from '../../shell/form-error';
import { durationWords } from '../../units/duration';
import { AlertsApi } from '../alerts-api';
import { FiringChart } from './firing-chart';
import { RULES_TEXTS } from './rules.texts';

const TEXTS = RULES_TEXTS.backtest;
const DAY = 86_400_000;
/** Somebody who types is not asked after every key, ms. */
const PAUSE = 500;
/** Hosts with a strip of their own. */
const MOST_HOSTS = 8;

/** When the rule that is being written would have fired, over the history there is. */
@Component({
  selector: 'hd-backtest-preview',
  imports: [FiringChart, FormError],
  templateUrl: './backtest-preview.html',
  styleUrl: './backtest-preview.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BacktestPreview {
  private readonly api = inject(AlertsApi);
  private readonly clock = inject(HubClock);

  /** `null` as long as it is not complete. */
  readonly rule = input.required<NewAlertRule | null>();
  /** Of a rule that is known: its exceptions count too. */
  readonly ruleId = input.required<string | null>();

  /** The only host that is asked about; `null`: all it is for. */
  readonly host = input<string | null>(null);
  /** What is looked at, where that is not the rule itself. */
  readonly note = input('');

  protected readonly texts = TEXTS;
  protected readonly spans = [
    { length: DAY, label: TEXTS.day },
    { length: 7 * DAY, label: TEXTS.week },
  ];
  protected readonly span = signal(DAY);
  protected readonly answer = signal<BacktestAnswer | null>(null);
  protected readonly running = signal(false);
  protected readonly error = signal('');
  private readonly chosen = signal<string | null>(null);

  /** The same rule written in another way is not asked for again. */
  private readonly asked = computed(() => {
    const rule = this.rule();
    return rule === null ? null : JSON.stringify([rule, this.host()]);
  });
  protected readonly summary = computed(() => {
    const answer = this.answer();
    if (answer === null) return '';
    const { firings, hosts, hostsChecked, hostsMatching } = answer;
    if (hostsMatching === 0) return TEXTS.noHosts;
    return firings === 0
      ? TEXTS.never(hostsChecked)
      : TEXTS.fired(firings, hosts.length, hostsChecked);
  });
  protected readonly rows = computed(() => {
    const answer = this.answer();
    if (answer === null) return [];
    const { from, to } = answer;
    const share = (time: number) => (100 * (time - from)) / (to - from);
    return [...answer.hosts]
      .sort((first, second) => second.count - first.count)
      .slice(0, MOST_HOSTS)
      .map((host) => ({
        ...host,
        longest: TEXTS.longest(
          durationWords(Math.max(...host.firings.map((one) => (one.to ?? to) - one.from))),
        ),
        strips: host.firings.map((one) => ({
          start: share(one.from),
          width: Math.max(0.4, share(one.to ?? to) - share(one.from)),
        })),
      }));
  });
  /** The host whose values are drawn: the one chosen, else the one on which it would have fired most. */
  protected readonly drawn = computed(() => {
    const rows = this.rows();
    return rows.find(({ id }) => id === this.chosen()) ?? rows[0] ?? null;
  });
  protected readonly complete = computed(() => this.rule() !== null);

  constructor() {
    effect((onCleanup) => {
      const rule = this.asked();
      const length = this.span();
      this.error.set('');
      this.running.set(rule !== null);
      if (rule === null) {
        this.answer.set(null);
        return;
      }
      let giveUp = (): void => clearTimeout(timer);
      const timer = setTimeout(() => {
        giveUp = this.ask(length);
      }, PAUSE);
      onCleanup(() => giveUp());
    });
  }

  protected choose(id: string): void {
    this.chosen.set(id);
  }

  /** @returns gives the question up */
  private ask(length: number): () => void {
    const rule = this.rule();
    if (rule === null) return () => undefined;
    const id = this.ruleId();
    const host = this.host();
    const question = this.api
      .backtest({
        rule,
        from: this.clock.now() - length,
        ...(id === null ? {} : { ruleId: id }),
        ...(host === null ? {} : { host }),
      })
      .subscribe({
        next: (answer) => {
          this.answer.set(answer);
          this.running.set(false);
        },
        error: (error: unknown) => {
          this.answer.set(null);
          this.running.set(false);
          this.error.set(reasonSentence(error));
        },
      });
    return () => question.unsubscribe();
  }
}
