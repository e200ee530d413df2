import { DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';

/** What a person can choose; `system` follows the machine's own setting. */
export const THEME_CHOICES = ['dark', 'light', 'system'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

const STORAGE_KEY = 'hostdeck.theme';

function isThemeChoice(value: string | null): value is ThemeChoice {
  return value === 'dark' || value === 'light' || value === 'system';
}

/** The theme in force, remembered in this browser. */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly document = inject(DOCUMENT);
  private readonly systemDark = this.document.defaultView?.matchMedia(
    '(prefers-color-scheme: dark)',
  );
  private readonly current = signal<ThemeChoice>(this.remembered());
  private readonly systemIsDark = signal(this.systemDark?.matches ?? true);

  readonly choice = this.current.asReadonly();

  constructor() {
    this.systemDark?.addEventListener('change', ({ matches }) => {
      this.systemIsDark.set(matches);
    });
    effect(() => {
      this.document.documentElement.dataset.theme = this.current();
    });
  }

  /** Whether the page is dark now. */
  isDark(): boolean {
    const choice = this.current();
    return choice === 'system' ? this.systemIsDark() : choice === 'dark';
  }

  choose(choice: ThemeChoice): void {
    this.current.set(choice);
    try {
      this.document.defaultView?.localStorage.setItem(STORAGE_KEY, choice);
    } catch {
      // Storage is turned off in this browser: the choice lasts until the page is left.
    }
  }

  private remembered(): ThemeChoice {
    try {
      const value = this.document.defaultView?.localStorage.getItem(STORAGE_KEY) ?? null;
      return isThemeChoice(value) ? value : 'system';
    } catch {
      // Storage is turned off in this browser.
      return 'system';
    }
  }
}
