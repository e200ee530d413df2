import {
  afterNextRender,
  DestroyRef,
  DOCUMENT,
  ElementRef,
  inject,
  Injectable,
  signal,
} from '@angular/core';
import type { Viewport } from './row-layout';

/**
 * Where the component that provides this lies in the window, kept up to date while the page is scrolled and resized.
 * The lists of hosts scroll with the page and have rows of two heights (headings, hosts), which the virtual scroll of
 * the CDK does not do without measuring every row.
 */
@Injectable()
export class PageViewport {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly measured = signal<Viewport>(
    { width: 0, height: 0, top: 0 },
    { equal: (a, b) => a.width === b.width && a.height === b.height && a.top === b.top },
  );

  readonly viewport = this.measured.asReadonly();

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const measure = () => this.measure();
      const resized = new ResizeObserver(measure);
      resized.observe(this.element.nativeElement);
      // What stands above the list moves it without changing its size.
      resized.observe(this.element.nativeElement.ownerDocument.body);
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
    this.measured.set({ width, top, height: this.view?.innerHeight ?? 0 });
  }
}
