import { DOCUMENT, inject, Injectable, signal } from '@angular/core';

const STORAGE_KEY = 'hostdeck.alarm';

/** What is to happen at an alarm. */
export interface AlarmWish {
  readonly sound: boolean;
  readonly notices: boolean;
}

const NOTHING: AlarmWish = { sound: false, notices: false };

/** What is to happen at an alarm, remembered in this browser; nothing unless somebody has chosen it. */
@Injectable({ providedIn: 'root' })
export class AlarmChoice {
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly current = signal(this.remembered());

  readonly wish = this.current.asReadonly();

  choose(change: Partial<AlarmWish>): void {
    this.current.update((wish) => ({ ...wish, ...change }));
    try {
      this.view?.localStorage.setItem(STORAGE_KEY, JSON.stringify(this.current()));
    } catch {
      // Storage is turned off in this browser: the choice lasts until the page is left.
    }
  }

  private remembered(): AlarmWish {
    try {
      return parseWish(this.view?.localStorage.getItem(STORAGE_KEY) ?? null);
    } catch {
      // Storage is turned off in this browser, or somebody else wrote there.
      return NOTHING;
    }
  }
}

/** @throws {SyntaxError} for what is no JSON */
function parseWish(text: string | null): AlarmWish {
  const kept: unknown = text === null ? null : JSON.parse(text);
  if (typeof kept !== 'object' || kept === null) return NOTHING;
  return {
    sound: 'sound' in kept && kept.sound === true,
    notices: 'notices' in kept && kept.notices === true,
  };
}
