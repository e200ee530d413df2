import { DOCUMENT, inject, Injectable } from '@angular/core';

/** After the load of the page, ms: what it shows first is there by then, and has the network and the processor for itself. */
const AFTER_LOAD = 3_000;

/** Has the browser keep the app's files, so that it starts when the hub does not answer. The work is done by `public/service-worker.js`. */
@Injectable({ providedIn: 'root' })
export class AppFiles {
  private readonly view = inject(DOCUMENT).defaultView;

  /**
   * Sets the worker up once the page is loaded and has had time to show something; without one the app works as long as
   * the hub answers. A worker that comes sooner takes the page's requests over while it loads, each of which then goes through it.
   */
  async keep(): Promise<void> {
    // Only pages from HTTPS or from this machine have it.
    const worker =
      this.view !== null && 'serviceWorker' in this.view.navigator
        ? this.view.navigator.serviceWorker
        : null;
    if (worker === null) return;
    await this.loadedPage();
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

  private async loadedPage(): Promise<void> {
    const { view } = this;
    if (view === null) return;
    if (view.document.readyState !== 'complete') {
      await new Promise((resolve) => view.addEventListener('load', resolve, { once: true }));
    }
    await new Promise((resolve) => view.setTimeout(resolve, AFTER_LOAD));
  }

  /** Addresses of what the page has loaded so far. */
  private loaded(): readonly string[] {
    const entries = this.view?.performance.getEntriesByType('resource') ?? [];
    return entries.map(({ name }) => name);
  }
}
