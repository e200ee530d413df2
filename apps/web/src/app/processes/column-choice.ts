import { DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { COLUMN_KEYS } from './process-columns';
import type { TableColumn } from './process-order';

const STORAGE_KEY = 'hostdeck.process-columns';

/** The columns that somebody has chosen, remembered in this browser. */
@Injectable({ providedIn: 'root' })
export class ColumnChoice {
  private readonly storage = inject(DOCUMENT).defaultView;
  private readonly current = signal<readonly TableColumn[] | null>(this.remembered());

  /** In the order of the table; `null` until somebody has chosen. */
  readonly columns = this.current.asReadonly();

  /** Shows these and no others; `null` shows the usual ones again. */
  choose(columns: readonly TableColumn[] | null): void {
    this.current.set(columns);
    try {
      if (columns === null) this.storage?.localStorage.removeItem(STORAGE_KEY);
      else this.storage?.localStorage.setItem(STORAGE_KEY, columns.join(','));
    } catch {
      // Storage is turned off in this browser: the choice lasts until the page is left.
    }
  }

  private remembered(): readonly TableColumn[] | null {
    try {
      const names = this.storage?.localStorage.getItem(STORAGE_KEY)?.split(',') ?? [];
      const columns = COLUMN_KEYS.filter((key) => names.includes(key));
      return columns.length === 0 ? null : columns;
    } catch {
      // Storage is turned off in this browser.
      return null;
    }
  }
}
