import {
  afterNextRender,
  DestroyRef,
  ElementRef,
  inject,
  type Signal,
  signal,
} from '@angular/core';

/** How far from what is seen something counts as in sight, so that it is drawn when it comes. */
const MARGIN = '200px';

/** Whether the component that calls this is in sight, or nearly. To be called while it is made. */
export function inSight(): Signal<boolean> {
  const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const destroyed = inject(DestroyRef);
  const seen = signal(true);
  afterNextRender(() => {
    const observer = new IntersectionObserver(
      (entries) => seen.set(entries.at(-1)?.isIntersecting ?? true),
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    destroyed.onDestroy(() => observer.disconnect());
  });
  return seen.asReadonly();
}
