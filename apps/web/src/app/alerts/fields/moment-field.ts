import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';

/** A day and a time on the viewer's clock, as a browser's field for it has them: `2026-03-01T02:00`. */
@Component({
  selector: 'hd-moment-field',
  template: `
    <label>
      <span class="label">{{ label() }}</span>
      <input
        #field
        class="wide"
        type="datetime-local"
        [attr.data-testid]="name()"
        [attr.aria-invalid]="error() !== ''"
        [attr.aria-describedby]="name() + '-hint'"
        [value]="value()"
        (input)="changed.emit(field.value)"
      />
    </label>
    <p class="hint" [id]="name() + '-hint'" [class.error]="error() !== ''">{{ error() }}</p>
  `,
  styleUrl: './field.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MomentField {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly error = input('');
  readonly value = input.required<string>();
  readonly changed = output<string>();
}
