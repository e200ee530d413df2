import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { SPARKLINE_HEIGHT, SPARKLINE_WIDTH, sparklinePaths } from './sparkline-path';

/** A small line without axes; the number beside it says what is exact. Takes the colour of its text. */
@Component({
  selector: 'hd-sparkline',
  template: `
    <svg [attr.viewBox]="box" preserveAspectRatio="none" aria-hidden="true">
      <path class="area" [attr.d]="paths().area" />
      <path class="line" [attr.d]="paths().line" />
    </svg>
  `,
  styles: `
    :host {
      display: block;
      overflow: hidden;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
    }
    .area {
      fill: currentColor;
      opacity: 0.1;
    }
    .line {
      fill: none;
      stroke: currentColor;
      stroke-width: 1.25;
      stroke-linejoin: round;
      opacity: 0.55;
      vector-effect: non-scaling-stroke;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Sparkline {
  readonly values = input.required<readonly (number | null)[]>();
  /** Value at the upper edge. */
  readonly top = input.required<number>();

  protected readonly box = `0 0 ${SPARKLINE_WIDTH} ${SPARKLINE_HEIGHT}`;
  protected readonly paths = computed(() => sparklinePaths(this.values(), this.top()));
}
