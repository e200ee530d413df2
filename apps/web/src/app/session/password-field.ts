import { ChangeDetectionStrategy, Component, input, signal } from '@angular/core';
import { type FormControl, ReactiveFormsModule } from '@angular/forms';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Icon } from '../icons/icon';
import { SESSION_TEXTS } from './session.texts';

/** Characters a new password has at least, as the hub asks for. */
export const LEAST_PASSWORD = 8;

/** A password with a button that shows it. */
@Component({
  selector: 'hd-password-field',
  imports: [Icon, MatFormFieldModule, MatInputModule, ReactiveFormsModule],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label>{{ label() }}</mat-label>
      <input
        matInput
        [name]="name()"
        [type]="shown() ? 'text' : 'password'"
        [autocomplete]="autocomplete()"
        [formControl]="control()"
      />
      <button
        matSuffix
        type="button"
        class="hd-icon-button"
        [attr.aria-label]="shown() ? texts.hidePassword : texts.showPassword"
        [attr.aria-pressed]="shown()"
        (click)="shown.set(!shown())"
      >
        <hd-icon [name]="shown() ? 'eye-off' : 'eye'" />
      </button>
      @if (hint() !== '') {
        <mat-hint>{{ hint() }}</mat-hint>
      }
    </mat-form-field>
  `,
  styles: `
    mat-form-field {
      width: 100%;
    }
    button {
      margin-right: 6px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PasswordField {
  readonly label = input.required<string>();
  readonly control = input.required<FormControl<string>>();
  readonly autocomplete = input.required<'current-password' | 'new-password'>();
  readonly hint = input('');
  readonly name = input('password');

  protected readonly texts = SESSION_TEXTS;
  protected readonly shown = signal(false);
}
