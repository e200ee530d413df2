import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import type { HostStatus } from '@hostdeck/contracts';
import { StatusDot } from '../status/status-dot';
import { STATUS_WORDS, STATUSES } from '../status/status';
import type { FleetHost } from './fleet-store';
import { FLEET_TEXTS } from './fleet.texts';
import { countByStatus } from './fleet-view';

/** How many hosts are in each state; a press shows only those, another one all. */
@Component({
  selector: 'hd-status-summary',
  imports: [StatusDot],
  template: `
    <div role="group" [attr.aria-label]="texts.states" data-testid="status-summary">
      <span class="total" data-testid="host-count">{{ texts.hosts(hosts().length) }}</span>
      @for (state of states(); track state.status) {
        <button
          type="button"
          [attr.data-status]="state.status"
          [attr.aria-pressed]="state.status === chosen()"
          (click)="choose.emit(state.status === chosen() ? null : state.status)"
        >
          <hd-status-dot [status]="state.status" />
          <b>{{ state.count }}</b> {{ state.word }}
        </button>
      }
    </div>
  `,
  styles: `
    :host {
      min-width: 0;
    }
    div {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px;
    }
    @media (max-width: 640px) {
      div {
        flex-wrap: nowrap;
        margin-inline: -16px;
        padding-inline: 16px;
        overflow-x: auto;
        scrollbar-width: none;
      }
      button,
      .total {
        flex: none;
      }
    }
    .total {
      margin-right: 8px;
      color: var(--hd-muted);
      font-size: 14px;
    }
    button {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      height: 32px;
      padding: 0 10px;
      border: 0;
      border-radius: 16px;
      background: transparent;
      color: var(--hd-muted);
      cursor: pointer;
      transition: background var(--hd-quick);
    }
    button:hover {
      background: color-mix(in srgb, var(--hd-text) 7%, transparent);
    }
    button[aria-pressed='true'] {
      background: color-mix(in srgb, var(--hd-accent) 16%, transparent);
      color: var(--hd-text);
    }
    b {
      font-variant-numeric: tabular-nums;
      color: var(--hd-text);
      font-weight: 600;
    }
    @media (pointer: coarse) {
      button {
        height: 44px;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatusSummary {
  readonly hosts = input.required<readonly FleetHost[]>();
  readonly chosen = input.required<HostStatus | null>();
  readonly choose = output<HostStatus | null>();

  protected readonly texts = FLEET_TEXTS;
  /** States that occur, and the chosen one, so that it can be let go of. */
  protected readonly states = computed(() => {
    const counts = countByStatus(this.hosts());
    return STATUSES.map((status) => ({
      status,
      count: counts[status],
      word: STATUS_WORDS[status].toLowerCase(),
    })).filter(({ status, count }) => count > 0 || status === this.chosen());
  });
}
