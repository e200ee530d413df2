import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { type ChartMarks, placeMarks } from './chart-marks';
import { CHART_MARGINS } from './line-chart-option';

/** Events as thin labelled lines and blind time hatched, over a chart. The same stands in words in the list of events. */
@Component({
  selector: 'hd-chart-marks',
  template: `
    @for (span of placed().blind; track span.place) {
      <i
        class="blind"
        data-testid="blind"
        [style.left.%]="100 * span.place"
        [style.width.%]="100 * span.width"
      ></i>
    }
    @for (span of placed().firing; track $index) {
      <i
        class="firing"
        data-testid="firing-span"
        [attr.data-severity]="span.severity"
        [style.left.%]="100 * span.place"
        [style.width.%]="100 * span.width"
      ></i>
    }
    @if (placed().chosen; as span) {
      <i
        class="chosen"
        [class.moment]="span.width === 0"
        data-testid="chosen-time"
        [style.left.%]="100 * span.place"
        [style.width.%]="100 * span.width"
      ></i>
    }
    @for (event of placed().events; track $index) {
      <i class="event" data-testid="event-line" [style.left.%]="100 * event.place">
        @if (event.label !== '') {
          <span [class.left]="event.left">{{ event.label }}</span>
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
      position: absolute;
      top: 0;
      bottom: 0;
      font-style: normal;
    }
    .blind {
      background: repeating-linear-gradient(
        135deg,
        color-mix(in srgb, var(--hd-muted) 34%, transparent) 0 1px,
        transparent 1px 6px
      );
    }
    .firing {
      --severity: var(--hd-info);

      background: color-mix(in srgb, var(--severity) 10%, transparent);
      box-shadow: inset 0 2px var(--severity);
    }
    [data-severity='critical'] {
      --severity: var(--hd-critical);
    }
    [data-severity='warning'] {
      --severity: var(--hd-warn);
    }
    .chosen {
      background: color-mix(in srgb, var(--hd-accent) 14%, transparent);
      box-shadow:
        inset 1px 0 var(--hd-accent),
        inset -1px 0 var(--hd-accent);
    }
    .moment {
      border-left: 2px solid var(--hd-accent);
    }
    .event {
      border-left: 1px dashed color-mix(in srgb, var(--hd-text) 55%, transparent);
    }
    span {
      position: absolute;
      top: 0;
      left: 0;
      padding: 0 4px;
      border-radius: 0 4px 4px 0;
      background: color-mix(in srgb, var(--hd-surface) 82%, transparent);
      color: var(--hd-muted);
      font-size: 11px;
      line-height: 14px;
      white-space: nowrap;
    }
    .left {
      right: 0;
      left: auto;
      border-radius: 4px 0 0 4px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChartMarksView {
  readonly marks = input.required<ChartMarks>();
  readonly from = input.required<number>();
  readonly to = input.required<number>();

  protected readonly margins = CHART_MARGINS;
  protected readonly placed = computed(() =>
    placeMarks(this.marks(), { from: this.from(), to: this.to() }),
  );
}
