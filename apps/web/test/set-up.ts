import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';

setupZonelessTestEnv();

/** What a browser has and jsdom lacks: nothing is ever seen or resized here. */
class NeverObserves {
  readonly root = null;
  readonly rootMargin = '';
  readonly scrollMargin = '';
  readonly thresholds = [];
  observe(): void {
    // Nothing happens to what is observed.
  }
  unobserve(): void {
    // As above.
  }
  disconnect(): void {
    // As above.
  }
  takeRecords(): [] {
    return [];
  }
}

globalThis.IntersectionObserver = NeverObserves;
globalThis.ResizeObserver = NeverObserves;
Object.defineProperty(globalThis, 'matchMedia', {
  value: (media: string) =>
    Object.assign(new EventTarget(), {
      media,
      matches: media.includes('dark'),
      // Angular's CDK still listens the old way.
      addListener: () => undefined,
      removeListener: () => undefined,
    }),
});
