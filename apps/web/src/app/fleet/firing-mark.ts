import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { HostAlerts } from '@hostdeck/contracts';
import { FLEET_TEXTS } from './fleet.texts';

/** How many alerts fire on a host; nothing when none does. */
@Component({
  selector: 'hd-firing-mark',
  template: `
    @if (alerts(); as firing) {
      <b data-testid="firing" [attr.data-worst]="firing.worst">{{ texts.firing(firing.count) }}</b>
    }
  `,
  styles: `
    :host {
      flex: none;
    }
    b {
      --mark: var(--hd-info);

      padding: 0 6px;
      border-radius: 5px;
      background: color-mix(in srgb, var(--mark) 8%, transparent);
      color: var(--mark);
      font-size: 11px;
      font-weight: 600;
      line-height: 18px;
      white-space: nowrap;
    }
    [data-worst='critical'] {
      --mark: var(--hd-critical);
    }
    [data-worst='warning'] {
      --mark: var(--hd-warn);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FiringMark {
  readonly alerts = input.required<HostAlerts | null>();

  protected readonly texts = FLEET_TEXTS.card;
}
