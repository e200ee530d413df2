import { DOCUMENT, inject, Injectable } from '@angular/core';

/** Has the browser keep the app's files, so that it starts when the hub does not answer. The work is done by `public/service-worker.js`. */
@Injectable({ providedIn: 'root' })
export class AppFiles {
  private readonly view = inject(DOCUMENT).defaultView;

  /** Sets the worker up once the page is loaded; without one the app works as long as the hub answers. */
  async keep(): Promise<void> {
    // Only pages from HTTPS or from this machine have it.
    const worker =
      this.view !== null && 'serviceWorker' in this.view.navigator
        ? this.view.navigator.serviceWorker
        : null;
    if (worker === null) return;
    try {
      await worker.register('service-worker.js');
      const { active } = await worker.ready;
      // The page for a start without the hub, which nobody has needed yet.
      await import('./offline-page');
      active?.postMessage({ keep: this.loaded() });
    } catch {
      // The browser does not want to (a private window, storage turned off): nothing depends on it.
    }
  }

  /** Addresses of what the page has loaded so far. */
  private loaded(): readonly string[] {
    const entries = this.view?.performance.getEntriesByType('resource') ?? [];
    return entries.map(({ name }) => name);
  }
}
