import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule } from '@angular/material/dialog';
import { SHELL_TEXTS } from './shell.texts';
import { Shortcuts } from './shortcuts';

const TEXTS = SHELL_TEXTS.keys;

/** Keys of one line, either of which does it. */
const KEYS = [
  { keys: ['Ctrl K', '⌘ K'], does: TEXTS.palette },
  { keys: ['/'], does: TEXTS.search },
  { keys: ['?'], does: TEXTS.help },
  { keys: ['j', 'k'], does: TEXTS.walk },
  { keys: ['← ↑ ↓ →'], does: TEXTS.arrows },
  { keys: ['Enter'], does: TEXTS.open },
  { keys: ['g', 't', 'w'], does: TEXTS.layouts },
  { keys: ['Esc'], does: TEXTS.leave },
] as const;

/** What every key does. */
@Component({
  selector: 'hd-key-help',
  imports: [MatButtonModule, MatDialogModule],
  template: `
    <h2 mat-dialog-title>{{ texts.title }}</h2>
    <mat-dialog-content>
      <dl>
        @for (line of keys; track line.does) {
          <div>
            <dt>
              @for (key of line.keys; track key) {
                <kbd>{{ key }}</kbd>
              }
            </dt>
            <dd>{{ line.does }}</dd>
          </div>
        }
      </dl>
      <label>
        <input
          #box
          type="checkbox"
          data-testid="shortcuts"
          [checked]="shortcuts.areOn()"
          (change)="shortcuts.turn(box.checked)"
        />
        {{ texts.turn }}
      </label>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button mat-button type="button" mat-dialog-close>{{ texts.close }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    dl {
      display: grid;
      gap: 8px;
      margin: 0 0 16px;
      color: var(--hd-text);
    }
    dl div {
      display: grid;
      grid-template-columns: 128px 1fr;
      align-items: baseline;
      gap: 12px;
    }
    dd {
      margin: 0;
    }
    kbd {
      display: inline-block;
      min-width: 24px;
      margin-right: 4px;
      padding: 0 6px;
      border-radius: 4px;
      background: color-mix(in srgb, var(--hd-muted) 14%, transparent);
      font: 500 12px / 22px var(--hd-font);
      text-align: center;
    }
    label {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 32px;
      color: var(--hd-text);
    }
    input {
      width: 16px;
      height: 16px;
      accent-color: var(--hd-accent);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class KeyHelp {
  protected readonly texts = TEXTS;
  protected readonly keys = KEYS;
  protected readonly shortcuts = inject(Shortcuts);
}
