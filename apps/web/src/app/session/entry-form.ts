import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { Attempt } from '../shell/attempt';
import { FormError } from '../shell/form-error';

/** The one form of a page before somebody is signed in: fields, what went wrong, and the button that sends it. */
@Component({
  selector: 'hd-entry-form',
  imports: [FormError, MatButtonModule],
  template: `
    <form novalidate [attr.aria-label]="label()" (submit)="sent.emit(); $event.preventDefault()">
      <ng-content />
      <hd-form-error [message]="attempt().error()" />
      <button mat-flat-button type="submit" [disabled]="attempt().busy()">
        {{ attempt().busy() ? texts().submitting : texts().submit }}
      </button>
    </form>
  `,
  styles: `
    form {
      display: grid;
      gap: 16px;
    }
    button {
      height: 44px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EntryForm {
  readonly attempt = input.required<Attempt>();
  /** What the button says before, and while it is under way. */
  readonly texts = input.required<{ readonly submit: string; readonly submitting: string }>();
  /** Name of the form; the heading of the page when it has none. */
  readonly label = input<string | null>(null);
  readonly sent = output();
}
