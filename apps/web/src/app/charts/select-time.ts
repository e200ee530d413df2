import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
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
/** A finger that stays where it is for so long asks, ms: as long as a phone waits before it offers a menu. */
const LONG_PRESS = 500;
/** A finger is never quite still: so far it may wander meanwhile, px. */
const UNSTEADY = 10;

/** What somebody has pointed at: a moment where both ends are the same. */
export interface PointedAt {
  readonly ends: Selection;
  /** Whether they want to know who was busy then, and not to see it larger. */
  readonly asks: boolean;
}

/**
 * Lets a mouse or pen draw over a part of a chart, or press on a moment of it; with Shift, drawing asks about that part. A finger reads values and scrolls the page; one that stays where it is asks about that
 * moment. It and the keyboard zoom with the buttons of the page.
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
    '(contextmenu)': 'keepMenu($event)',
    '(document:keydown.escape)': 'cancel()',
  },
  styles: `
    :host {
      position: relative;
      display: block;
      height: 100%;
      user-select: none;
      -webkit-touch-callout: none;
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

  /** A finger that may become a long press. */
  private press: {
    readonly x: number;
    readonly y: number;
    readonly timer: ReturnType<typeof setTimeout>;
  } | null = null;

  readonly pointed = output<PointedAt>();

  protected readonly margins = CHART_MARGINS;
  protected readonly selection = computed<Selection | null>(() => {
    const drag = this.drag();
    if (drag === null || Math.abs(drag.now - drag.start) < LEAST_DRAG) return null;
    const ends = [this.share(drag.start), this.share(drag.now)] as const;
    return [Math.min(...ends), Math.max(...ends)];
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.lift());
  }

  protected begin({ button, pointerType, clientX, clientY }: PointerEvent): void {
    // A second finger makes another gesture.
    this.lift();
    if (button !== 0) return;
    if (pointerType === 'touch') this.lay(clientX, clientY);
    else this.drag.set({ start: clientX, now: clientX });
  }

  protected move({ clientX, clientY, pointerId, buttons }: PointerEvent): void {
    const { press } = this;
    if (press !== null && Math.hypot(clientX - press.x, clientY - press.y) > UNSTEADY) this.lift();
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
    this.lift();
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
    this.lift();
    this.drag.set(null);
  }

  /** A long press asks; the browser's own menu for it would stand over the answer. */
  protected keepMenu(event: MouseEvent): void {
    if ('pointerType' in event && event.pointerType === 'touch') event.preventDefault();
  }

  private lay(x: number, y: number): void {
    const timer = setTimeout(() => {
      this.press = null;
      const moment = this.share(x);
      this.pointed.emit({ ends: [moment, moment], asks: true });
    }, LONG_PRESS);
    this.press = { x, y, timer };
  }

  private lift(): void {
    if (this.press !== null) clearTimeout(this.press.timer);
    this.press = null;
  }

  private share(x: number): number {
    const { left, width } = this.element.getBoundingClientRect();
    const inner = width - CHART_MARGINS.left - CHART_MARGINS.right;
    return Math.min(1, Math.max(0, (x - left - CHART_MARGINS.left) / inner));
  }
}
