import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { FormControl, FormGroup } from '@angular/forms';
import { Router } from '@angular/router';
import { ApiError, reasonOf } from '../api/problem';
import { Attempt } from '../shell/attempt';
import { EntryCard } from './entry-card';
import { EntryField } from './entry-field';
import { EntryForm } from './entry-form';
import { localUrl } from './local-url';
import { PasswordField } from './password-field';
import { Session } from './session';
import { SESSION_TEXTS } from './session.texts';

const TEXTS = SESSION_TEXTS.signIn;

/** Signs somebody in and leads to where they wanted to go. */
@Component({
  selector: 'hd-sign-in-page',
  imports: [EntryCard, EntryField, EntryForm, PasswordField],
  template: `
    <hd-entry-card [heading]="texts.title" [lead]="texts.lead">
      <hd-entry-form [attempt]="attempt" [texts]="texts" (sent)="submit()">
        <hd-entry-field
          name="username"
          autocomplete="username"
          [label]="texts.username"
          [control]="form.controls.username"
        />
        <hd-password-field
          autocomplete="current-password"
          [label]="texts.password"
          [control]="form.controls.password"
        />
      </hd-entry-form>
    </hd-entry-card>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SignInPage {
  private readonly session = inject(Session);
  private readonly router = inject(Router);

  /** Where to go afterwards, from the query. */
  readonly return = input<string>();

  protected readonly texts = TEXTS;
  protected readonly form = new FormGroup({
    username: new FormControl('', { nonNullable: true }),
    password: new FormControl('', { nonNullable: true }),
  });
  protected readonly attempt = new Attempt();

  protected async submit(): Promise<void> {
    const login = this.form.getRawValue();
    if (login.username.trim() === '' || login.password === '') {
      this.attempt.refuse(TEXTS.missing);
      return;
    }
    await this.attempt.run(async () => {
      await this.session.signIn(login);
      await this.router.navigateByUrl(localUrl(this.return()));
    }, failureText);
  }
}

function failureText(error: unknown): string {
  if (!(error instanceof ApiError)) return reasonOf(error);
  if (error.status === 401) return TEXTS.wrong;
  if (error.status === 429) return TEXTS.throttled(error.retryAfter);
  return error.message;
}
