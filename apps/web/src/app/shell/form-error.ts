import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from '../icons/icon';

/** What went wrong with a form, read out when it appears. */
@Component({
  selector: 'hd-form-error',
  imports: [Icon],
  template: `
    <div role="alert">
      @if (message() !== '') {
        <p><hd-icon name="alert" />{{ message() }}</p>
      }
    </div>
  `,
  styles: `
    p {
      display: flex;
      gap: 8px;
      padding: 10px 12px;
      border-radius: var(--hd-radius-inner);
      background: color-mix(in srgb, var(--hd-critical) 12%, transparent);
      color: var(--hd-critical);
      font-size: 14px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FormError {
  readonly message = input.required<string>();
}
