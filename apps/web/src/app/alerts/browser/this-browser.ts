import { computed, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { type NewPushSubscription, NewPushSubscriptionSchema } from '@hostdeck/contracts';
import type { PushSubscriptionInfo } from '@hostdeck/contracts';
import { BrowserNotices } from '../alarm/browser-notices';
import { browserName } from './browser-name';
import { PushApi } from './push-api';

const STORAGE_KEY = 'hostdeck.push';

/** Whether this browser gets messages; `none`: it can not. */
export type PushState = 'checking' | 'none' | 'denied' | 'off' | 'on';

/** The messages of the hub in this browser: turned on and off, and whether they are on. */
@Injectable({ providedIn: 'root' })
export class ThisBrowser {
  private readonly api = inject(PushApi);
  private readonly notices = inject(BrowserNotices);
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly known = signal<readonly PushSubscriptionInfo[] | null>(null);
  /** Whether the browser itself has an address at its push service; `null` before that is known. */
  private readonly subscribed = signal<boolean | null>(null);
  private readonly idHere = signal(this.remembered());

  /** Browsers of whoever is signed in; `null` before the first answer. */
  readonly browsers = this.known.asReadonly();
  /** Id of this one at the hub; `null` where it is not known there. */
  readonly id = computed(() => {
    const id = this.idHere();
    const isThere = this.known()?.some((browser) => browser.id === id) === true;
    return isThere && this.subscribed() === true ? id : null;
  });
  readonly state = computed((): PushState => {
    if (!this.isAble() || this.notices.permission() === 'none') return 'none';
    if (this.notices.permission() === 'denied') return 'denied';
    if (this.known() === null || this.subscribed() === null) return 'checking';
    return this.id() === null ? 'off' : 'on';
  });

  /** Asks the browser and the hub how it is. */
  async look(): Promise<void> {
    this.known.set(await this.api.browsers());
    const registration = await this.registration();
    const subscription = await registration?.pushManager.getSubscription();
    this.subscribed.set(subscription !== undefined && subscription !== null);
  }

  /** From a click: the person is asked. @throws what the browser, its push service or the hub says */
  async turnOn(): Promise<void> {
    if (!(await this.notices.ask())) return;
    const registration = await this.registration();
    if (registration === null) throw new Error('the worker of this page does not work yet');
    const { pushManager } = registration;
    const applicationServerKey = await this.api.key();
    // One from before may be for another key of the hub, and then no other is given.
    await (await pushManager.getSubscription())?.unsubscribe();
    const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    try {
      const added = await this.api.add(this.describe(made));
      this.remember(added.id);
    } catch (error) {
      await made.unsubscribe();
      throw error;
    }
    await this.look();
  }

  async turnOff(): Promise<void> {
    const id = this.id();
    if (id !== null) await this.api.remove(id);
    const registration = await this.registration();
    await (await registration?.pushManager.getSubscription())?.unsubscribe();
    this.remember(null);
    await this.look();
  }

  /** Removes another browser of the same person. */
  async remove(id: string): Promise<void> {
    if (id === this.id()) {
      await this.turnOff();
      return;
    }
    await this.api.remove(id);
    await this.look();
  }

  private describe(subscription: PushSubscription): NewPushSubscription {
    const { endpoint, keys } = subscription.toJSON();
    const browser = browserName(this.view?.navigator.userAgent ?? '');
    return NewPushSubscriptionSchema.parse({ endpoint, keys, browser });
  }

  private isAble(): boolean {
    return (
      this.view !== null && 'serviceWorker' in this.view.navigator && 'PushManager' in this.view
    );
  }

  private registration(): Promise<ServiceWorkerRegistration | null> {
    return this.isAble() ? this.notices.registration() : Promise.resolve(null);
  }

  private remember(id: string | null): void {
    this.idHere.set(id);
    try {
      if (id === null) this.view?.localStorage.removeItem(STORAGE_KEY);
      else this.view?.localStorage.setItem(STORAGE_KEY, id);
    } catch {
      // Storage is turned off in this browser: it is known until the page is left.
    }
  }

  private remembered(): string | null {
    try {
      return this.view?.localStorage.getItem(STORAGE_KEY) ?? null;
    } catch {
      // Storage is turned off in this browser.
      return null;
    }
  }
}
