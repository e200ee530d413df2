import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  output,
  signal,
} from '@angular/core';
import { CHART_MARGINS } from './line-chart-option';

/** Ends of a part of a chart's width, as shares from 0 to 1, ascending. */
export type Selection = readonly [first: number, last: number];

/** Shorter drags are a press with an unsteady hand, px. */
const LEAST_DRAG = 6;

/** What somebody has pointed at: a moment where both ends are the same. */
export interface PointedAt {
  readonly ends: Selection;
  /** Whether they want to know who was busy then, and not to see it larger. */
  readonly asks: boolean;
}

/**
 * Lets a mouse or pen draw over a part of a chart, or press on a moment of it; with Shift, drawing asks about that part. A finger reads values instead; it and the keyboard zoom with the
 * buttons of the page.
 */
@Component({
  selector: 'hd-select-time',
  template: `
    <ng-content />
    @if (selection(); as ends) {
      <div
        aria-hidden="true"
        [style.left.px]="margins.left"
        [style.right.px]="margins.right"
        [style.top.px]="margins.top"
        [style.bottom.px]="margins.bottom"
      >
        <i
          data-testid="selection"
          [style.left.%]="100 * ends[0]"
          [style.width.%]="100 * (ends[1] - ends[0])"
        ></i>
      </div>
    }
  `,
  host: {
    '(pointerdown)': 'begin($event)',
    '(pointermove)': 'move($event)',
    '(pointerup)': 'end($event)',
    '(pointercancel)': 'cancel()',
    '(document:keydown.escape)': 'cancel()',
  },
  styles: `
    :host {
      position: relative;
      display: block;
      height: 100%;
      user-select: none;
    }
    div {
      position: absolute;
      pointer-events: none;
    }
    i {
      position: absolute;
      top: 0;
      bottom: 0;
      background: color-mix(in srgb, var(--hd-accent) 16%, transparent);
      box-shadow:
        inset 1px 0 var(--hd-accent),
        inset -1px 0 var(--hd-accent);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SelectTime {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** Where the drag began and is now, px from the left edge of the page; `null` between drags. */
  private readonly drag = signal<{ readonly start: number; readonly now: number } | null>(null);

  readonly pointed = output<PointedAt>();

  protected readonly margins = CHART_MARGINS;
  protected readonly selection = computed<Selection | null>(() => {
    const drag = this.drag();
    if (drag === null || Math.abs(drag.now - drag.start) < LEAST_DRAG) return null;
    const ends = [this.share(drag.start), this.share(drag.now)] as const;
    return [Math.min(...ends), Math.max(...ends)];
  });

  protected begin({ button, pointerType, clientX }: PointerEvent): void {
    if (button !== 0 || pointerType === 'touch') return;
    this.drag.set({ start: clientX, now: clientX });
  }

  protected move({ clientX, pointerId, buttons }: PointerEvent): void {
    const drag = this.drag();
    if (drag === null) return;
    if (buttons === 0) {
      // The button was let go of where this page does not see it.
      this.cancel();
      return;
    }
    this.drag.set({ ...drag, now: clientX });
    if (this.selection() !== null) this.element.setPointerCapture(pointerId);
  }

  protected end({ clientX, shiftKey }: PointerEvent): void {
    const drag = this.drag();
    if (drag === null) return;
    this.drag.set({ ...drag, now: clientX });
    const selection = this.selection();
    this.drag.set(null);
    if (selection === null) {
      const moment = this.share(clientX);
      this.pointed.emit({ ends: [moment, moment], asks: true });
    } else if (selection[1] > selection[0]) {
      this.pointed.emit({ ends: selection, asks: shiftKey });
    }
  }

  protected cancel(): void {
    this.drag.set(null);
  }

  private share(x: number): number {
    const { left, width } = this.element.getBoundingClientRect();
    const inner = width - CHART_MARGINS.left - CHART_MARGINS.right;
    return Math.min(1, Math.max(0, (x - left - CHART_MARGINS.left) / inner));
  }
}
