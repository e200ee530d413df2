import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { HostStatus } from '@hostdeck/contracts';

/** A shape for every state, so that colour is never the only sign. */
const SHAPES: Readonly<Record<HostStatus, string>> = {
  // Full disc
  live: 'M6 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Z',
  // Ring, left half full
  stale: 'M6 .5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Zm0 2v7a3.5 3.5 0 0 0 0-7Z',
  // Two chevrons
  catching_up: 'M1 1.5 5.5 6 1 10.5zM6 1.5 10.5 6 6 10.5z',
  // Ring
  restarting:
    'M6 .5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Zm0 2.2a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6Z',
  // Square
  down: 'M2.5 1.5h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z',
};

/** The sign of a host's state; the word stands beside it. */
@Component({
  selector: 'hd-status-dot',
  template: `
    <svg viewBox="0 0 12 12" aria-hidden="true" [attr.data-status]="status()">
      <path fill-rule="evenodd" [attr.d]="shape()" />
    </svg>
  `,
  styles: `
    :host {
      display: inline-block;
      flex: none;
      width: 10px;
      height: 10px;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      fill: currentColor;
    }
    [data-status='live'] {
      color: var(--hd-ok);
    }
    [data-status='stale'] {
      color: var(--hd-stale);
    }
    [data-status='catching_up'],
    [data-status='restarting'] {
      color: var(--hd-info);
    }
    [data-status='down'] {
      color: var(--hd-critical);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatusDot {
  readonly status = input.required<HostStatus>();
  protected readonly shape = computed(() => SHAPES[this.status()]);
}
