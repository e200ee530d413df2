import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router } from '@angular/router';
import { reasonOf } from '../api/problem';
import { FormError } from '../shell/form-error';
import { EntryCard } from './entry-card';
import { LEAST_PASSWORD, PasswordField } from './password-field';
import { Session } from './session';
import { SESSION_TEXTS } from './session.texts';

const TEXTS = SESSION_TEXTS.setUp;

/** Makes the first administrator of a new hub. */
@Component({
  selector: 'hd-set-up-page',
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
          <mat-label>{{ texts.code }}</mat-label>
          <input
            matInput
            name="code"
            autocomplete="one-time-code"
            autocapitalize="none"
            spellcheck="false"
            formControlName="code"
          />
        </mat-form-field>
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
          [hint]="texts.passwordHint"
          autocomplete="new-password"
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
export class SetUpPage {
  private readonly session = inject(Session);
  private readonly router = inject(Router);

  protected readonly texts = TEXTS;
  protected readonly form = new FormGroup({
    code: new FormControl('', { nonNullable: true }),
    username: new FormControl('', { nonNullable: true }),
    password: new FormControl('', { nonNullable: true }),
  });
  protected readonly busy = signal(false);
  protected readonly error = signal('');

  protected async submit(): Promise<void> {
    const { code, username, password } = this.form.getRawValue();
    if ([code, username, password].some((text) => text.trim() === '')) {
      this.error.set(TEXTS.missing);
      return;
    }
    if (password.length < LEAST_PASSWORD) {
      this.error.set(TEXTS.short);
      return;
    }
    this.busy.set(true);
    this.error.set('');
    try {
      await this.session.setUp({ code: code.trim(), username: username.trim(), password });
      await this.router.navigateByUrl('/');
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
