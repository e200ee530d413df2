import { ChangeDetectionStrategy, Component, inject, output, signal } from '@angular/core';
import { FormControl, FormGroup } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { ApiError, reasonOf } from '../api/problem';
import { LEAST_PASSWORD, PasswordField } from '../session/password-field';
import { Session } from '../session/session';
import { SESSION_TEXTS } from '../session/session.texts';
import { Attempt } from '../shell/attempt';
import { FormError } from '../shell/form-error';
import { AccountApi } from './account-api';
import { ACCOUNT_TEXTS } from './account.texts';

const TEXTS = ACCOUNT_TEXTS.password;

/** Changes one's own password, with the one there is. */
@Component({
  selector: 'hd-password-form',
  imports: [FormError, MatButtonModule, PasswordField],
  template: `
    <form novalidate [attr.aria-label]="texts.heading" (submit)="send(); $event.preventDefault()">
      <!-- For what keeps passwords: whose it is. -->
      <input
        class="hd-unseen"
        type="text"
        name="username"
        autocomplete="username"
        tabindex="-1"
        aria-hidden="true"
        readonly
        [value]="me()?.username"
      />
      <hd-password-field
        name="current"
        autocomplete="current-password"
        [label]="texts.current"
        [control]="form.controls.current"
      />
      <hd-password-field
        autocomplete="new-password"
        [label]="texts.next"
        [hint]="hint"
        [control]="form.controls.password"
      />
      <hd-form-error [message]="attempt.error()" />
      <p class="done" role="status" data-testid="password-changed">{{ done() }}</p>
      <button
        mat-flat-button
        type="submit"
        data-testid="change-password"
        [disabled]="attempt.busy()"
      >
        {{ attempt.busy() ? texts.submitting : texts.submit }}
      </button>
    </form>
  `,
  styles: `
    form {
      display: grid;
      gap: 16px;
    }
    button {
      justify-self: start;
    }
    .done:empty {
      display: none;
    }
    .done {
      color: var(--hd-ok);
      font-size: 14px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PasswordForm {
  private readonly api = inject(AccountApi);

  /** It is changed, and the other sessions have ended. */
  readonly changed = output();

  protected readonly texts = TEXTS;
  protected readonly hint = SESSION_TEXTS.setUp.passwordHint;
  protected readonly me = inject(Session).me;
  protected readonly form = new FormGroup({
    current: new FormControl('', { nonNullable: true }),
    password: new FormControl('', { nonNullable: true }),
  });
  protected readonly attempt = new Attempt();
  protected readonly done = signal('');

  protected async send(): Promise<void> {
    const change = this.form.getRawValue();
    this.done.set('');
    const wrong = faultOf(change);
    this.attempt.refuse(wrong);
    if (wrong !== '') return;
    if (!(await this.attempt.run(() => this.api.changePassword(change), failureText))) return;
    this.form.reset();
    this.done.set(TEXTS.done);
    this.changed.emit();
  }
}

/** Why it need not be sent; empty when nothing is wrong. */
function faultOf({ current, password }: { current: string; password: string }): string {
  if (current === '' || password === '') return TEXTS.missing;
  if (password.length < LEAST_PASSWORD) return SESSION_TEXTS.setUp.short;
  return password === current ? TEXTS.same : '';
}

function failureText(error: unknown): string {
  if (!(error instanceof ApiError)) return reasonOf(error);
  if (error.status === 429) return TEXTS.throttled(error.retryAfter);
  return error.fields.some(({ path }) => path === 'current') ? TEXTS.wrong : error.message;
}
