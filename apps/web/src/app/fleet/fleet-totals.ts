import type { HostStatus } from '@hostdeck/contracts';
import type { FleetHost } from './fleet-store';

/** The fleet as a whole. Values are those of hosts whose data is current; `null` when no such host knows one. */
export interface FleetTotals {
  readonly states: Readonly<Record<HostStatus, number>>;
  /** Alerts that fire on any host, whatever its state. */
  readonly firing: number;
  /** Mean over hosts, percent. */
  readonly cpu: number | null;
  /** Used of all memory there is, percent. */
  readonly memory: number | null;
  /** Bytes. */
  readonly memoryUsed: number | null;
  /** Bytes per second. */
  readonly receive: number | null;
  readonly transmit: number | null;
}

/** Sums up the fleet. */
export function fleetTotals(hosts: Iterable<FleetHost>): FleetTotals {
  const states = { live: 0, stale: 0, catching_up: 0, restarting: 0, down: 0 };
  let firing = 0;
  const cpu = new Sum();
  const used = new Sum();
  const memory = new Sum();
  const receive = new Sum();
  const transmit = new Sum();
  for (const { card } of hosts) {
    states[card.status] += 1;
    firing += card.alerts?.count ?? 0;
    if (card.status !== 'live') continue;
    const { values } = card;
    cpu.add(values.cpu);
    receive.add(values.receive);
    transmit.add(values.transmit);
    if (values.memory === null || values.memoryUsed === null || values.memory === 0) continue;
    used.add(values.memoryUsed);
    memory.add((values.memoryUsed * 100) / values.memory);
  }
  return {
    states,
    firing,
    cpu: cpu.mean,
    memory: used.total === null || memory.total === null ? null : (used.total / memory.total) * 100,
    memoryUsed: used.total,
    receive: receive.total,
    transmit: transmit.total,
  };
}

/** A sum that knows whether there was anything to sum. */
class Sum {
  private sum = 0;
  private count = 0;

  add(value: number | null): void {
    if (value === null) return;
    this.sum += value;
    this.count += 1;
  }

  get total(): number | null {
    return this.count === 0 ? null : this.sum;
  }

  get mean(): number | null {
    return this.count === 0 ? null : this.sum / this.count;
  }
}
