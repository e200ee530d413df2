import { DOCUMENT, inject, Injectable, signal } from '@angular/core';

/** A notification of the browser. */
export interface BrowserNotice {
  readonly title: string;
  readonly text: string;
  /** What it is about: a later one takes the place of an earlier. */
  readonly about: string;
  /** Page of ours that it leads to. */
  readonly path: string;
}

/** Whether this browser may show notifications of ours; asked only when somebody wants them. */
@Injectable({ providedIn: 'root' })
export class BrowserNotices {
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly permissionNow = signal(this.current());

  /** `none`: this browser, or a page that is not from HTTPS, has no notifications. */
  readonly permission = this.permissionNow.asReadonly();

  /** Asks the person; from a click. @returns whether they may be shown */
  async ask(): Promise<boolean> {
    if (this.view !== null && 'Notification' in this.view) {
      await this.view.Notification.requestPermission();
    }
    this.permissionNow.set(this.current());
    return this.permission() === 'granted';
  }

  /** Shows one, as far as that is allowed. What leads on from it is done by `public/service-worker.js`. */
  async show({ title, text, about, path }: BrowserNotice): Promise<void> {
    if (this.current() !== 'granted' || this.view === null) return;
    const options = { body: text, tag: about, icon: 'icon-192.png', data: { path } };
    const registration = await this.registration();
    // A phone shows none without a worker; a browser without one has them all the same.
    if (registration === null) new this.view.Notification(title, options);
    else await registration.showNotification(title, options);
  }

  /** The worker of this page, once it works; `null` where there is none. */
  async registration(): Promise<ServiceWorkerRegistration | null> {
    if (this.view === null || !('serviceWorker' in this.view.navigator)) return null;
    const found = await this.view.navigator.serviceWorker.getRegistration();
    return found?.active === null ? null : (found ?? null);
  }

  private current(): NotificationPermission | 'none' {
    return this.view !== null && 'Notification' in this.view
      ? this.view.Notification.permission
      : 'none';
  }
}
