import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { StatusDot } from '../status/status-dot';
import { ageWords, offsetWords } from '../units/duration';
import { formatBytes, formatExact, formatValue, quantity } from '../units/quantity';
import { QuantityView } from '../units/quantity-view';
import { CLOCK_TOLERANCE, dataAge } from './data-age';
import { type CardMetric, FleetDisplay } from './fleet-display';
import { FiringMark } from './firing-mark';
import type { FleetHost } from './fleet-store';
import { FLEET_TEXTS } from './fleet.texts';
import { MiddleText } from './middle-text';
import { type LimitedValue, type Severity, valueSeverity } from './severity';
import { Sparkline } from './sparkline';
import { sparklineTop } from './sparkline-path';

/** Upper edge of the network lines at least, bytes per second: an idle interface stays flat. */
const LEAST_RATE = 10_000;

const TEXTS = FLEET_TEXTS.card;

/** One share of the card: a number, a meter and a line. */
interface Gauge {
  readonly key: LimitedValue;
  readonly label: string;
  /** What the label leaves open: bytes used, a mount. */
  readonly detail: string;
  readonly exact: string;
  readonly share: number | null;
  readonly severity: Severity;
  readonly line: readonly (number | null)[];
}

/** A host of the fleet. The whole card is the link to its page. */
@Component({
  selector: 'hd-host-card',
  imports: [FiringMark, MiddleText, QuantityView, RouterLink, Sparkline, StatusDot],
  templateUrl: './host-card.html',
  styleUrl: './host-card.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HostCardView {
  protected readonly display = inject(FleetDisplay);

  readonly host = input.required<FleetHost>();
  /** Position among the hosts shown, from 0: the arrow keys go by it. */
  readonly index = input.required<number>();

  protected readonly texts = TEXTS;
  protected readonly quantity = quantity;
  protected readonly exact = formatExact;

  protected readonly card = computed(() => this.host().card);
  protected readonly severity = computed(() => this.host().severity);
  protected readonly age = dataAge(this.card);
  /** How far the host's clock is off; empty while it is about right. */
  protected readonly clockError = computed(() => {
    const offset = this.card().clockOffset ?? 0;
    return Math.abs(offset) < CLOCK_TOLERANCE ? '' : offsetWords(offset);
  });
  /** What is still missing of a time without the hub; empty when nothing is. */
  protected readonly toCome = computed(() => {
    const { status, backlog } = this.card();
    return status !== 'catching_up' || typeof backlog !== 'number' ? '' : TEXTS.toCome(backlog);
  });
  protected readonly uptime = computed(() => {
    const { uptime } = this.card().values;
    return uptime === null ? '–' : ageWords(uptime * 1_000);
  });
  protected readonly load = computed(() => formatValue('load', this.card().values.load));
  protected readonly label = computed(() => `${this.card().name}, ${this.age.word()}`);

  protected readonly gauges = computed((): readonly Gauge[] => {
    const host = this.host();
    const { values } = host.card;
    const gauge = (key: LimitedValue, rest: Omit<Gauge, 'key' | 'severity' | 'line'>): Gauge => ({
      key,
      severity: this.age.isOld() ? 'ok' : valueSeverity(host, key),
      line: host.history.lines[key],
      ...rest,
    });
    const rest = {
      cpu: {
        label: TEXTS.cpu,
        detail: '',
        exact: formatExact('percent', values.cpu),
        share: values.cpu,
      },
      memory: {
        label: TEXTS.memory,
        detail: formatValue('bytes', values.memoryUsed),
        exact: formatBytes(values.memoryUsed),
        share: values.memory,
      },
      disk: {
        label: TEXTS.disk,
        detail: values.disk?.mount ?? '',
        exact: values.disk?.mount ?? '',
        share: values.disk?.share ?? null,
      },
    };
    return this.display.gauges().map((key) => gauge(key, rest[key]));
  });

  protected readonly network = computed(() => {
    const { values } = this.card();
    const { receive, transmit } = this.host().history.lines;
    return [
      { key: 'receive', label: TEXTS.receive, rate: values.receive, line: receive },
      { key: 'transmit', label: TEXTS.transmit, rate: values.transmit, line: transmit },
    ].map((direction) => ({ ...direction, top: sparklineTop(direction.line, LEAST_RATE) }));
  });

  /** A small card has no room for lines. */
  protected hasLines(): boolean {
    return this.display.size() !== 'small';
  }

  protected has(metric: CardMetric): boolean {
    return this.display.metrics().has(metric);
  }
}
