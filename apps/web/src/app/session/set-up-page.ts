import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { FormControl, FormGroup } from '@angular/forms';
import { Router } from '@angular/router';
import { Attempt } from '../shell/attempt';
import { EntryCard } from './entry-card';
import { EntryField } from './entry-field';
import { EntryForm } from './entry-form';
import { LEAST_PASSWORD, PasswordField } from './password-field';
import { Session } from './session';
import { SESSION_TEXTS } from './session.texts';

const TEXTS = SESSION_TEXTS.setUp;

/** Makes the first administrator of a new hub. */
@Component({
  selector: 'hd-set-up-page',
  imports: [EntryCard, EntryField, EntryForm, PasswordField],
  template: `
    <hd-entry-card [heading]="texts.title" [lead]="texts.lead">
      <hd-entry-form [attempt]="attempt" [texts]="texts" (sent)="submit()">
        <hd-entry-field
          name="code"
          autocomplete="one-time-code"
          [label]="texts.code"
          [control]="form.controls.code"
        />
        <hd-entry-field
          name="username"
          autocomplete="username"
          [label]="texts.username"
          [control]="form.controls.username"
        />
        <hd-password-field
          autocomplete="new-password"
          [label]="texts.password"
          [hint]="texts.passwordHint"
          [control]="form.controls.password"
        />
      </hd-entry-form>
    </hd-entry-card>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SetUpPage {
  private readonly session = inject(Session);
  private readonly router = inject(Router);

  protected readonly texts = TEXTS;
  protected readonly form = new FormGroup({
    code: new FormControl('', { nonNullable: true }),
    username: new FormControl('', { nonNullable: true }),
    password: new FormControl('', { nonNullable: true }),
  });
  protected readonly attempt = new Attempt();

  protected async submit(): Promise<void> {
    const { code, username, password } = this.form.getRawValue();
    if ([code, username, password].some((text) => text.trim() === '')) {
      this.attempt.refuse(TEXTS.missing);
      return;
    }
    if (password.length < LEAST_PASSWORD) {
      this.attempt.refuse(TEXTS.short);
      return;
    }
    await this.attempt.run(async () => {
      await this.session.setUp({ code: code.trim(), username: username.trim(), password });
      await this.router.navigateByUrl('/');
    });
  }
}
