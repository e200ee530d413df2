import type {
  CardHistory,
  CardValues,
  FleetSnapshot,
  HostAlerts,
  HostCard,
  HostStatus,
} from '@hostdeck/contracts';
import { startHistory } from '../src/app/fleet/card-history';
import { type FleetHost, toFleetHost } from '../src/app/fleet/fleet-store';

/** The hub's time in the samples. */
export const NOW = 1_700_000_000_000;

interface Sample {
  readonly id?: string;
  readonly name?: string;
  readonly status?: HostStatus;
  readonly tags?: readonly string[];
  readonly lastSeen?: number | null;
  readonly clockOffset?: number | null;
  readonly sampledAt?: number;
  readonly alerts?: HostAlerts | null;
  readonly backlog?: number | null;
  readonly values?: Partial<CardValues>;
}

/** A card of a healthy host, but for what is said. */
export function card({ id = 'a', values = {}, ...rest }: Sample = {}): HostCard {
  return {
    id: id.padStart(32, '0'),
    name: 'web-01',
    status: 'live',
    tags: [],
    lastSeen: NOW,
    clockOffset: 0,
    interval: 2_000,
    sampledAt: NOW,
    ...rest,
    values: {
      cpu: 12.4,
      memory: 40,
      memoryUsed: 3_326_115_840,
      disk: { mount: '/', share: 55.5 },
      receive: 812_000_000,
      transmit: 1_200,
      load: 0.42,
      uptime: 90_000,
      ...values,
    },
  };
}

/** Six steps of ten seconds in which the CPU was `cpu` percent busy. */
export function history(cpu: number | null = 10): CardHistory {
  const line = Array<number | null>(6).fill(cpu);
  return {
    from: NOW - 60_000,
    step: 10_000,
    cpu: line,
    memory: line,
    disk: line,
    receive: line,
    transmit: line,
  };
}

/** A host of the fleet as the page knows it. */
export function fleetHost(sample: Sample, cpu: number | null = 10): FleetHost {
  return toFleetHost(card(sample), startHistory(history(cpu), NOW));
}

/** What the hub answers to somebody who watches the fleet. */
export function fleetSnapshot(...cards: readonly HostCard[]): FleetSnapshot {
  return {
    room: 'fleet',
    hubTime: NOW,
    cards: cards.map((one) => ({ card: one, history: history() })),
  };
}
