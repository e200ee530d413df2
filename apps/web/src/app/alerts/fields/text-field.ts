import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';

/** A line of text with its name, a hint, and what is wrong with it. */
@Component({
  selector: 'hd-text-field',
  template: `
    <label>
      <span class="label">{{ label() }}</span>
      <input
        #field
        class="wide"
        [type]="secret() ? 'password' : 'text'"
        autocomplete="off"
        spellcheck="false"
        [attr.maxlength]="longest()"
        [disabled]="disabled()"
        [attr.placeholder]="placeholder()"
        [attr.data-testid]="name()"
        [attr.aria-invalid]="error() !== ''"
        [attr.aria-describedby]="name() + '-hint'"
        [value]="value()"
        (input)="changed.emit(field.value)"
      />
    </label>
    <p class="hint" [id]="name() + '-hint'" [class.error]="error() !== ''">
      {{ error() === '' ? hint() : error() }}
    </p>
  `,
  styleUrl: './field.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TextField {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly error = input('');
  readonly placeholder = input('');
  readonly longest = input(200);
  /** Whether what is typed is not to be seen. */
  readonly secret = input(false);
  readonly disabled = input(false);
  readonly value = input.required<string>();
  readonly changed = output<string>();
}
