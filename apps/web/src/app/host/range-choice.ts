import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { HOST_TEXTS } from './host.texts';
import { TIME_RANGES, type TimeRange } from './time-range';

/** How far back the charts look: side by side, or as a list where there is no room for that. */
@Component({
  selector: 'hd-range-choice',
  template: `
    <div role="radiogroup" [attr.aria-label]="texts.range" data-testid="range">
      @for (range of ranges; track range.key) {
        <label>
          <input
            type="radio"
            name="range"
            [value]="range.key"
            [checked]="range.key === chosen()?.key"
            (change)="choose.emit(range)"
          />
          <span>{{ range.label }}</span>
        </label>
      }
    </div>
    <select
      #list
      data-testid="range-list"
      [attr.aria-label]="texts.range"
      (change)="pick(list.value)"
    >
      @if (chosen() === null) {
        <option value="" selected disabled>{{ texts.zoomed }}</option>
      }
      @for (range of ranges; track range.key) {
        <option [value]="range.key" [selected]="range.key === chosen()?.key">
          {{ range.label }}
        </option>
      }
    </select>
  `,
  styles: `
    div {
      display: flex;
      padding: 2px;
      border-radius: var(--hd-radius-inner);
      background: var(--hd-surface);
      box-shadow: inset 0 0 0 1px var(--hd-line);
    }
    label {
      position: relative;
      cursor: pointer;
    }
    input {
      position: absolute;
      inset: 0;
      margin: 0;
      opacity: 0;
      cursor: pointer;
    }
    span {
      display: block;
      padding: 6px 12px;
      border-radius: 6px;
      color: var(--hd-muted);
      font-weight: 500;
      white-space: nowrap;
      transition: background var(--hd-quick);
    }
    input:hover + span {
      color: var(--hd-text);
    }
    input:checked + span {
      background: color-mix(in srgb, var(--hd-accent) 18%, transparent);
      color: var(--hd-text);
    }
    input:focus-visible + span {
      outline: 2px solid var(--hd-accent);
    }
    select {
      display: none;
      height: 36px;
      padding: 0 10px;
      border: 0;
      border-radius: var(--hd-radius-inner);
      background: var(--hd-surface);
      box-shadow: inset 0 0 0 1px var(--hd-line);
      color: var(--hd-text);
      font-size: 14px;
    }
    option {
      background: var(--hd-raised);
    }
    @media (max-width: 760px) {
      div {
        display: none;
      }
      select {
        display: block;
      }
    }
    @media (pointer: coarse) {
      span {
        padding: 12px;
      }
      select {
        height: 44px;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RangeChoice {
  /** `null` while a fixed part of time is shown. */
  readonly chosen = input.required<TimeRange | null>();
  readonly choose = output<TimeRange>();

  protected readonly texts = HOST_TEXTS;
  protected readonly ranges = TIME_RANGES;

  protected pick(key: string): void {
    const range = TIME_RANGES.find((one) => one.key === key);
    if (range !== undefined) this.choose.emit(range);
  }
}
