import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { type FormControl, ReactiveFormsModule } from '@angular/forms';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';

/** A name or code to be typed exactly as it is: nothing is corrected or capitalised. */
@Component({
  selector: 'hd-entry-field',
  imports: [MatFormFieldModule, MatInputModule, ReactiveFormsModule],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label>{{ label() }}</mat-label>
      <input
        matInput
        autocapitalize="none"
        spellcheck="false"
        [name]="name()"
        [autocomplete]="autocomplete()"
        [readonly]="readonly()"
        [formControl]="control()"
      />
    </mat-form-field>
  `,
  styles: `
    mat-form-field {
      width: 100%;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EntryField {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly control = input.required<FormControl<string>>();
  readonly autocomplete = input.required<'username' | 'one-time-code'>();
  /** Whether it is only to be seen. */
  readonly readonly = input(false);
}
