import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { LiveConnection } from '../live/live-connection';
import { formatExact, quantity } from '../units/quantity';
import { QuantityView } from '../units/quantity-view';
import { gauges } from './gauges';
import { HostStore } from './host-store';
import { HOST_TEXTS } from './host.texts';

/** An arc of 240 degrees: its radius and length, in the units of the picture. */
const RADIUS = 40;
const ARC = (RADIUS * 2 * Math.PI * 240) / 360;
/** From these shares on, percent, something is nearly or quite full. */
const HIGH = 80;
const FULL = 95;

/** How full everything is at this moment. */
@Component({
  selector: 'hd-gauge-row',
  imports: [QuantityView],
  template: `
    <ul [attr.aria-label]="texts.name" [class.faded]="isOld()" data-testid="gauges">
      @for (gauge of shown(); track gauge.key) {
        <li
          [attr.data-testid]="'gauge-' + gauge.key"
          [attr.data-level]="gauge.level"
          [attr.title]="gauge.exact"
        >
          <div class="dial">
            <svg viewBox="0 0 100 84" aria-hidden="true">
              <path [attr.d]="path" />
              <path class="value" [attr.d]="path" [attr.stroke-dasharray]="gauge.dashes" />
            </svg>
            <hd-quantity [quantity]="gauge.quantity" />
          </div>
          <span class="label">{{ gauge.label }}</span>
          <bdi class="hd-muted">{{ gauge.note }}</bdi>
        </li>
      }
    </ul>
  `,
  styleUrl: './gauge-row.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class GaugeRow {
  private readonly connection = inject(LiveConnection);
  private readonly store = inject(HostStore);

  protected readonly texts = HOST_TEXTS.gauges;
  protected readonly path = arcPath();
  /** Whether the values are of the past: the host is silent, or the hub does not answer. */
  protected readonly isOld = computed(() => {
    const status = this.store.host()?.status ?? 'live';
    return !this.connection.isFresh() || status === 'down' || status === 'stale';
  });
  protected readonly shown = computed(() =>
    gauges((metric) => this.store.latest(metric), this.store.host()?.facts ?? null).map((gauge) => {
      const share = Math.min(100, Math.max(0, gauge.share ?? 0));
      return {
        ...gauge,
        quantity: quantity(gauge.unit, gauge.value),
        exact: [gauge.label, gauge.note, formatExact(gauge.unit, gauge.value)]
          .filter((text) => text !== '')
          .join(' · '),
        dashes: `${(ARC * share) / 100} ${2 * ARC}`,
        level: share >= FULL ? 'full' : share >= HIGH ? 'high' : 'usual',
      };
    }),
  );
}

function arcPath(): string {
  const end = (degrees: number) => {
    const angle = (degrees * Math.PI) / 180;
    return `${50 + RADIUS * Math.sin(angle)} ${48 - RADIUS * Math.cos(angle)}`;
  };
  return `M${end(-120)}A${RADIUS} ${RADIUS} 0 1 1 ${end(120)}`;
}
