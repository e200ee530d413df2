import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { HostStatus } from '@hostdeck/contracts';
import { Icon } from '../icons/icon';
import { StatusDot } from '../status/status-dot';
import { STATUSES } from '../status/status';
import { STATUS_WORDS } from '../status/status.texts';
import { quantity } from '../units/quantity';
import { QuantityView } from '../units/quantity-view';
import { fleetTotals } from './fleet-totals';
import type { FleetHost } from './fleet-store';
import { FLEET_TEXTS } from './fleet.texts';

const TEXTS = FLEET_TEXTS.totals;

/** The fleet in one line: how many hosts are in each state, and what they do together. A press on a state shows only those, another one all. */
@Component({
  selector: 'hd-fleet-summary',
  imports: [Icon, QuantityView, RouterLink, StatusDot],
  template: `
    <div class="states" role="group" [attr.aria-label]="texts.states" data-testid="status-summary">
      <span class="total" data-testid="host-count">{{ texts.hosts(hosts().size) }}</span>
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
    @if (firing(); as count) {
      <a class="firing" routerLink="/alerts" data-testid="firing-total">
        <hd-icon name="alert" />{{ texts.firing(count) }}
      </a>
    }
    <dl [attr.aria-label]="texts.totals.name">
      @for (total of figures(); track total.key) {
        <div [attr.data-testid]="'total-' + total.key">
          <dt>{{ total.label }}</dt>
          <dd><hd-quantity [quantity]="total.quantity" /></dd>
        </div>
      }
    </dl>
  `,
  styleUrl: './fleet-summary.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FleetSummary {
  readonly hosts = input.required<ReadonlyMap<string, FleetHost>>();
  readonly chosen = input.required<HostStatus | null>();
  readonly choose = output<HostStatus | null>();

  protected readonly texts = FLEET_TEXTS;
  private readonly totals = computed(() => fleetTotals(this.hosts().values()));

  /** States that occur, and the chosen one, so that it can be let go of. */
  protected readonly states = computed(() => {
    const { states } = this.totals();
    return STATUSES.map((status) => ({
      status,
      count: states[status],
      word: STATUS_WORDS[status].toLowerCase(),
    })).filter(({ status, count }) => count > 0 || status === this.chosen());
  });
  protected readonly firing = computed(() => this.totals().firing);
  protected readonly figures = computed(() => {
    const { cpu, memory, receive, transmit } = this.totals();
    return [
      { key: 'cpu', label: TEXTS.cpu, quantity: quantity('percent', cpu) },
      { key: 'memory', label: TEXTS.memory, quantity: quantity('percent', memory) },
      { key: 'receive', label: TEXTS.receive, quantity: quantity('bytes_per_second', receive) },
      { key: 'transmit', label: TEXTS.transmit, quantity: quantity('bytes_per_second', transmit) },
    ];
  });
}
