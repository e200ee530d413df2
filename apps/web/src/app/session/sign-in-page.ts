import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router } from '@angular/router';
import { ApiError, reasonOf } from '../api/problem';
import { FormError } from '../shell/form-error';
import { EntryCard } from './entry-card';
import { localUrl } from './local-url';
import { PasswordField } from './password-field';
import { Session } from './session';
import { SESSION_TEXTS } from './session.texts';

const TEXTS = SESSION_TEXTS.signIn;

/** Signs somebody in and leads to where they wanted to go. */
@Component({
  selector: 'hd-sign-in-page',
  imports: [
    EntryCard,
    FormError,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
    PasswordField,
    ReactiveFormsModule,
  ],
  template: `
    <hd-entry-card [heading]="texts.title" [lead]="texts.lead">
      <form [formGroup]="form" (ngSubmit)="submit()">
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ texts.username }}</mat-label>
          <input
            matInput
            name="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            formControlName="username"
          />
        </mat-form-field>
        <hd-password-field
          [label]="texts.password"
          [control]="form.controls.password"
          autocomplete="current-password"
        />
        <hd-form-error [message]="error()" />
        <button mat-flat-button type="submit" [disabled]="busy()">
          {{ busy() ? texts.submitting : texts.submit }}
        </button>
      </form>
    </hd-entry-card>
  `,
  styleUrl: './entry-form.scss',
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
  protected readonly busy = signal(false);
  protected readonly error = signal('');

  protected async submit(): Promise<void> {
    const login = this.form.getRawValue();
    if (login.username.trim() === '' || login.password === '') {
      this.error.set(TEXTS.missing);
      return;
    }
    this.busy.set(true);
    this.error.set('');
    try {
      await this.session.signIn(login);
      await this.router.navigateByUrl(localUrl(this.return()));
    } catch (error) {
      this.error.set(failureText(error));
    } finally {
      this.busy.set(false);
    }
  }
}

function failureText(error: unknown): string {
  if (!(error instanceof ApiError)) return reasonOf(error);
  if (error.status === 401) return TEXTS.wrong;
  if (error.status === 429) return TEXTS.throttled(error.retryAfter);
  return error.message;
}
