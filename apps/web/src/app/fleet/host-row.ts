import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { StatusDot } from '../status/status-dot';
import { ageWords, offsetWords } from '../units/duration';
import { quantity } from '../units/quantity';
import { QuantityView } from '../units/quantity-view';
import { CLOCK_TOLERANCE, dataAge } from './data-age';
import { FiringMark } from './firing-mark';
import type { FleetHost } from './fleet-store';
import { MiddleText } from './middle-text';
import { valueSeverity } from './severity';

/** A host as a row of the table; the link lies over the whole row. */
@Component({
  selector: 'hd-host-row',
  imports: [FiringMark, MiddleText, QuantityView, RouterLink, StatusDot],
  template: `
    <div role="rowheader" data-column="name">
      <a [routerLink]="['/hosts', card().id]" [attr.data-place]="index()">
        <hd-status-dot [status]="card().status" />
        <hd-middle-text data-testid="host-name" [text]="card().name" />
        <hd-firing-mark [alerts]="card().alerts ?? null" />
      </a>
    </div>
    <div role="cell" data-column="state" data-testid="status">{{ age.word() }}</div>
    @for (share of shares(); track share.key) {
      <div role="cell" [attr.data-column]="share.key" [attr.data-severity]="share.severity">
        <span class="share">
          <span class="meter"><span [style.width.%]="share.value ?? 0"></span></span>
          <hd-quantity
            [attr.data-testid]="share.key"
            [quantity]="quantity('percent', share.value)"
          />
        </span>
      </div>
    }
    <div role="cell" data-column="receive">
      <hd-quantity [quantity]="quantity('bytes_per_second', card().values.receive)" />
    </div>
    <div role="cell" data-column="transmit">
      <hd-quantity [quantity]="quantity('bytes_per_second', card().values.transmit)" />
    </div>
    <div role="cell" data-column="load">
      <hd-quantity [quantity]="quantity('load', card().values.load)" />
    </div>
    <div role="cell" data-column="uptime">{{ uptime() }}</div>
    <div role="cell" data-column="age" data-testid="age">{{ age.age() }}</div>
    <div role="cell" data-column="clock" [class.off]="clockIsOff()">{{ clock() }}</div>
  `,
  styleUrl: './host-row.scss',
  host: {
    'data-testid': 'host-row',
    '[attr.aria-rowindex]': 'index() + 2',
    '[attr.data-host-id]': 'card().id',
    '[attr.data-severity]': 'host().severity',
    '[attr.data-status]': 'card().status',
    '[class.faded]': 'age.isOld()',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HostRow {
  readonly host = input.required<FleetHost>();
  readonly index = input.required<number>();

  protected readonly quantity = quantity;
  protected readonly card = computed(() => this.host().card);
  protected readonly age = dataAge(this.card);
  protected readonly shares = computed(() => {
    const host = this.host();
    const { cpu, memory, disk } = host.card.values;
    const severity = (key: 'cpu' | 'memory' | 'disk') =>
      this.age.isOld() ? 'ok' : valueSeverity(host, key);
    return [
      { key: 'cpu', value: cpu, severity: severity('cpu') },
      { key: 'memory', value: memory, severity: severity('memory') },
      { key: 'disk', value: disk?.share ?? null, severity: severity('disk') },
    ] as const;
  });
  protected readonly uptime = computed(() => {
    const { uptime } = this.card().values;
    return uptime === null ? '–' : ageWords(uptime * 1_000);
  });
  protected readonly clock = computed(() => {
    const { clockOffset } = this.card();
    return clockOffset === null ? '–' : offsetWords(clockOffset);
  });
  protected readonly clockIsOff = computed(
    () => Math.abs(this.card().clockOffset ?? 0) >= CLOCK_TOLERANCE,
  );
}
