import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { Quantity } from './quantity';

/** A number with its unit: the number bright, the unit small and muted; the width does not follow the digits. */
@Component({
  selector: 'hd-quantity',
  template: `<span class="value">{{ quantity().value }}</span>
    @if (quantity().unit !== '') {
      <span class="gap">&#160;</span><span class="unit">{{ quantity().unit }}</span>
    }`,
  styles: `
    :host {
      display: inline-flex;
      align-items: baseline;
      justify-content: flex-end;
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
    .gap {
      font-size: 0.5em;
    }
    .unit {
      color: var(--hd-muted);
      font-size: max(11px, 0.62em);
      font-weight: 450;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class QuantityView {
  readonly quantity = input.required<Quantity>();
}
