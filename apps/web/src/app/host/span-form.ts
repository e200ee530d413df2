import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { HOST_TEXTS } from './host.texts';
import { LEAST_SPAN, type TimeWindow } from './time-range';

/** From when to when the charts shall show, put in by hand in the viewer's own time. */
@Component({
  selector: 'hd-span-form',
  template: `
    <form data-testid="span-form" (submit)="show(first.value, last.value); $event.preventDefault()">
      <label>
        {{ texts.from }}
        <input
          #first
          type="datetime-local"
          step="1"
          data-testid="span-from"
          [value]="fields().from"
          [attr.aria-invalid]="error() !== ''"
          aria-describedby="span-error"
        />
      </label>
      <label>
        {{ texts.to }}
        <input
          #last
          type="datetime-local"
          step="1"
          data-testid="span-to"
          [value]="fields().to"
          [attr.aria-invalid]="error() !== ''"
          aria-describedby="span-error"
        />
      </label>
      <button type="submit" data-testid="span-show">{{ texts.show }}</button>
      <p id="span-error" role="alert">{{ error() }}</p>
    </form>
  `,
  styles: `
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
    }
    label {
      display: flex;
      align-items: center;
      gap: 8px;
      color: var(--hd-muted);
    }
    input,
    button {
      height: 36px;
      padding: 0 10px;
      border: 0;
      border-radius: var(--hd-radius-inner);
      background: var(--hd-surface);
      box-shadow: inset 0 0 0 1px var(--hd-line-strong);
      color: var(--hd-text);
    }
    button {
      font-weight: 550;
      cursor: pointer;
    }
    p {
      color: var(--hd-critical);
    }
    @media (pointer: coarse) {
      input,
      button {
        height: 44px;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SpanForm {
  /** What is shown now. */
  readonly shown = input.required<TimeWindow>();
  readonly choose = output<TimeWindow>();

  protected readonly texts = HOST_TEXTS.span;
  protected readonly error = signal('');
  protected readonly fields = computed(() => ({
    from: localTime(this.shown().from),
    to: localTime(this.shown().to),
  }));

  protected show(first: string, last: string): void {
    // Without a zone in it, such a text is taken in the zone of whoever looks.
    const window = { from: new Date(first).getTime(), to: new Date(last).getTime() };
    const isSpan = window.to - window.from >= LEAST_SPAN;
    this.error.set(isSpan ? '' : HOST_TEXTS.span.wrong);
    if (isSpan) this.choose.emit(window);
  }
}

/** A moment as a field for it wants it: `2026-11-24T14:02:11`, in the zone of whoever looks. */
function localTime(time: number): string {
  const offset = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offset).toISOString().slice(0, 19);
}
