import {
  ChangeDetectionStrategy,
  Component,
  computed,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { localNumber } from '../../units/decimal';
import { RULES_TEXTS } from '../rules/rules.texts';
import { fittingScale, parseNumber, type Scale } from './scales';

/** What stands in a field: a number of a unit, or nothing, or what is no number. */
export type ScaledValue = number | null | 'wrong';

/** A number with its unit beside it: a span of time, a size, a share. */
@Component({
  selector: 'hd-scaled-field',
  template: `
    <label>
      <span class="label">{{ label() }}</span>
      <span class="field" [class.wrong]="error() !== ''">
        <input
          #number
          type="text"
          inputmode="decimal"
          autocomplete="off"
          maxlength="20"
          [disabled]="disabled()"
          [attr.data-testid]="name()"
          [attr.aria-invalid]="error() !== ''"
          [attr.aria-describedby]="name() + '-hint'"
          [value]="text()"
          (input)="type(number.value)"
        />
        @if (scales().length > 1) {
          <select
            #unit
            [disabled]="disabled()"
            [attr.aria-label]="label() + ', ' + texts.unitOf"
            (change)="choose(unit.value)"
          >
            @for (one of scales(); track one.name) {
              <option [value]="one.name" [selected]="one.name === scale().name">
                {{ one.name }}
              </option>
            }
          </select>
        } @else {
          <span class="hd-muted">{{ scale().name }}</span>
        }
      </span>
    </label>
    <p class="hint" [id]="name() + '-hint'" [class.error]="error() !== ''">
      {{ error() === '' ? hint() : error() }}
    </p>
  `,
  styleUrl: './field.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ScaledField {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly error = input('');
  readonly disabled = input(false);
  readonly scales = input.required<readonly Scale[]>();
  /** In the unit that is kept. */
  readonly value = input.required<ScaledValue>();
  readonly changed = output<ScaledValue>();

  protected readonly texts = RULES_TEXTS;
  protected readonly scale = linkedSignal<readonly Scale[], Scale>({
    source: this.scales,
    computation: (scales, before) => {
      const value = this.value();
      const kept = scales.find(({ name }) => name === before?.value.name);
      return kept ?? fittingScale(scales, typeof value === 'number' ? value : 0);
    },
  });
  /** What was typed stays as it is, also while it is no number. */
  protected readonly text = linkedSignal<ScaledValue, string>({
    source: this.value,
    computation: (value, before) => {
      if (value === 'wrong') return before?.value ?? '';
      if (value === null) return '';
      const shown = value / this.scale().size;
      return parseNumber(before?.value ?? '') === shown
        ? (before?.value ?? '')
        : localNumber(Number(shown.toPrecision(12)));
    },
  });
  private readonly typed = computed(() => parseNumber(this.text()));

  protected type(text: string): void {
    this.text.set(text);
    this.tell();
  }

  protected choose(name: string): void {
    const scale = this.scales().find((one) => one.name === name);
    if (scale === undefined) return;
    this.scale.set(scale);
    this.tell();
  }

  private tell(): void {
    const typed = this.typed();
    if (this.text().trim() === '') this.changed.emit(null);
    else if (typed === null) this.changed.emit('wrong');
    else this.changed.emit(typed * this.scale().size);
  }
}
