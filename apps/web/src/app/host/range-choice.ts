import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { HOST_TEXTS } from './host.texts';
import { TIME_RANGES, type TimeRange } from './time-range';

/** How far back the charts look. */
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
            [checked]="range.key === chosen().key"
            (change)="choose.emit(range)"
          />
          <span>{{ range.label }}</span>
        </label>
      }
    </div>
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
    @media (pointer: coarse) {
      span {
        padding: 10px 12px;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RangeChoice {
  readonly chosen = input.required<TimeRange>();
  readonly choose = output<TimeRange>();

  protected readonly texts = HOST_TEXTS;
  protected readonly ranges = TIME_RANGES;
}
