import type { Firing } from '@hostdeck/contracts';
import { AlertMachine, clearForOf, type Signal } from '../evaluation/machine';
import type { EffectiveRule } from '../rules/effective-rule';

/** One sample as it was judged. */
export interface Judged {
  readonly signal: Signal;
  readonly at: number;
  readonly value: number | null;
}

/** Runs the state of one alert over what was, and writes down when it would have fired. */
export class FiringRecorder {
  readonly firings: Firing[] = [];
  private machine: AlertMachine | null = null;

  constructor(
    private readonly rule: EffectiveRule,
    private readonly series: string,
    /** Which of two values is worse. */
    private readonly isWorse: (value: number, than: number) => boolean,
  ) {}

  take({ signal, at, value }: Judged, gap: number): void {
    if (this.machine === null) {
      if (signal !== 'bad') return;
      this.machine = new AlertMachine(at);
    }
    const { machine, rule } = this;
    const wasFiring = machine.phase === 'firing';
    const step = machine.step(signal, at, { for: rule.for, clearFor: clearForOf(rule), gap });
    if (step === 'fired') {
      this.firings.push({ series: this.series, from: at, to: null, worst: value });
    } else if (wasFiring) this.worsen(signal, value);
    if (step !== 'resolved' && step !== 'calmed') return;
    this.machine = null;
    if (step === 'resolved') this.end(at);
  }

  /** Something happened that fires at once. */
  happen(at: number): void {
    this.machine ??= new AlertMachine(at - this.rule.for);
    this.take({ signal: 'bad', at, value: null }, Infinity);
  }

  private worsen(signal: Signal, value: number | null): void {
    const last = this.firings.at(-1);
    if (last === undefined || value === null || signal !== 'bad') return;
    if (last.worst === null || this.isWorse(value, last.worst)) last.worst = value;
  }

  private end(at: number): void {
    const last = this.firings.at(-1);
    if (last !== undefined) last.to = at;
  }
}
