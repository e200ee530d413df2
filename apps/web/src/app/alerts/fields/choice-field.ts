import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';

/** Something to choose. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Choices under a heading. */
export interface ChoiceGroup {
  readonly label: string;
  readonly choices: readonly Choice[];
}

/** One of a few, or of many in groups. */
@Component({
  selector: 'hd-choice-field',
  template: `
    <label>
      <span class="label">{{ label() }}</span>
      <select
        #field
        class="wide"
        [disabled]="disabled()"
        [attr.data-testid]="name()"
        [attr.aria-invalid]="error() !== ''"
        [attr.aria-describedby]="name() + '-hint'"
        (change)="changed.emit(field.value)"
      >
        @for (one of choices(); track one.value) {
          <option [value]="one.value" [selected]="one.value === value()">{{ one.label }}</option>
        }
        @for (group of groups(); track group.label) {
          <optgroup [attr.label]="group.label">
            @for (one of group.choices; track one.value) {
              <option [value]="one.value" [selected]="one.value === value()">
                {{ one.label }}
              </option>
            }
          </optgroup>
        }
      </select>
    </label>
    <p class="hint" [id]="name() + '-hint'" [class.error]="error() !== ''">
      {{ error() === '' ? hint() : error() }}
    </p>
  `,
  styleUrl: './field.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChoiceField {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly error = input('');
  readonly disabled = input(false);
  readonly choices = input<readonly Choice[]>([]);
  readonly groups = input<readonly ChoiceGroup[]>([]);
  readonly value = input.required<string>();
  readonly changed = output<string>();
}
