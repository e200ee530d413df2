import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { CHART_MARGINS } from './line-chart-option';
import { type ChartThreshold, placeThresholds } from './thresholds';

/** Thresholds as thin dashed lines over a chart, each with a lighter one where it is well again. The same stands in words beside the chart. */
@Component({
  selector: 'hd-chart-thresholds',
  template: `
    @for (threshold of placed(); track threshold.key) {
      @if (threshold.clear !== null) {
        <i
          class="clear"
          data-testid="clear-line"
          [attr.data-severity]="threshold.severity"
          [style.bottom.%]="100 * threshold.clear"
        ></i>
      }
      <i
        data-testid="threshold-line"
        [attr.data-severity]="threshold.severity"
        [style.bottom.%]="100 * threshold.height"
      >
        @if (threshold.label !== '') {
          <bdi [class.under]="threshold.under">{{ threshold.label }}</bdi>
        }
      </i>
    }
  `,
  host: {
    'aria-hidden': 'true',
    '[style.left.px]': 'margins.left',
    '[style.right.px]': 'margins.right',
    '[style.top.px]': 'margins.top',
    '[style.bottom.px]': 'margins.bottom',
  },
  styles: `
    :host {
      position: absolute;
      overflow: hidden;
      pointer-events: none;
    }
    i {
      --severity: var(--hd-info);

      position: absolute;
      right: 0;
      left: 0;
      border-top: 1px dashed var(--severity);
      font-style: normal;
    }
    .clear {
      border-top-style: dotted;
      opacity: 0.5;
    }
    [data-severity='critical'] {
      --severity: var(--hd-critical);
    }
    [data-severity='warning'] {
      --severity: var(--hd-warn);
    }
    bdi {
      position: absolute;
      right: 0;
      bottom: 1px;
      max-width: 70%;
      overflow: hidden;
      padding: 0 4px;
      border-radius: 4px;
      background: color-mix(in srgb, var(--hd-surface) 78%, transparent);
      color: var(--severity);
      font-size: 11px;
      line-height: 14px;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .under {
      top: 1px;
      bottom: auto;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChartThresholdsView {
  readonly thresholds = input.required<readonly ChartThreshold[]>();
  /** Upper edge of the axis. */
  readonly top = input.required<number>();

  protected readonly margins = CHART_MARGINS;
  protected readonly placed = computed(() => placeThresholds(this.thresholds(), this.top()));
}
