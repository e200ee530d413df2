import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  ElementRef,
  inject,
  input,
  signal,
} from '@angular/core';
import { cardWindow, type Viewport } from './card-layout';
import type { FleetHost } from './fleet-store';
import { HostCardView } from './host-card';

/** Cards in as many columns as fit; only those near what is seen exist. */
@Component({
  selector: 'hd-card-grid',
  imports: [HostCardView],
  template: `
    <ul
      [style.grid-template-columns]="'repeat(' + window().columns + ', minmax(0, 1fr))'"
      [style.padding-top.px]="window().before"
      [style.padding-bottom.px]="window().after"
    >
      @for (host of drawn(); track host.card.id) {
        <li><hd-host-card [host]="host" /></li>
      }
    </ul>
  `,
  styles: `
    :host {
      display: block;
    }
    ul {
      display: grid;
      grid-auto-rows: 298px;
      gap: 12px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      min-width: 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CardGrid {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly viewport = signal<Viewport>({ width: 0, height: 0, top: 0 });

  readonly hosts = input.required<readonly FleetHost[]>();

  protected readonly window = computed(() => cardWindow(this.hosts().length, this.viewport()), {
    equal: (a, b) =>
      a.columns === b.columns && a.first === b.first && a.end === b.end && a.after === b.after,
  });
  protected readonly drawn = computed(() => {
    const { first, end } = this.window();
    return this.hosts().slice(first, end);
  });

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const measure = () => this.measure();
      const resized = new ResizeObserver(measure);
      resized.observe(this.element.nativeElement);
      this.view?.addEventListener('scroll', measure, { passive: true });
      this.view?.addEventListener('resize', measure, { passive: true });
      destroyed.onDestroy(() => {
        resized.disconnect();
        this.view?.removeEventListener('scroll', measure);
        this.view?.removeEventListener('resize', measure);
      });
      this.measure();
    });
  }

  private measure(): void {
    const { top, width } = this.element.nativeElement.getBoundingClientRect();
    this.viewport.set({ width, top, height: this.view?.innerHeight ?? 0 });
  }
}
