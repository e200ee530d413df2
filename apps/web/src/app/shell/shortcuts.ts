import { DOCUMENT, inject, Injectable, signal } from '@angular/core';

const STORAGE_KEY = 'hostdeck.shortcuts';
const OFF = 'off';

/**
 * Whether single letters do something. Whoever speaks to the machine sets them off by chance, so that they can be turned
 * off (WCAG 2.2, 2.1.4), remembered in this browser.
 */
@Injectable({ providedIn: 'root' })
export class Shortcuts {
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly on = signal(this.remembered());

  readonly areOn = this.on.asReadonly();

  turn(on: boolean): void {
    this.on.set(on);
    try {
      if (on) this.view?.localStorage.removeItem(STORAGE_KEY);
      else this.view?.localStorage.setItem(STORAGE_KEY, OFF);
    } catch {
      // Storage is turned off in this browser: the choice lasts until the page is left.
    }
  }

  /** Whether a key is meant as a shortcut of one letter: not typed into a field, not under an open dialog. */
  isMeant(event: KeyboardEvent): boolean {
    if (!this.on() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
      return false;
    }
    const { target } = event;
    if (!(target instanceof Element)) return true;
    return (
      target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=menu]') ===
      null
    );
  }

  private remembered(): boolean {
    try {
      return this.view?.localStorage.getItem(STORAGE_KEY) !== OFF;
    } catch {
      // Storage is turned off in this browser.
      return true;
    }
  }
}
