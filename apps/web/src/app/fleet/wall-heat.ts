import type { FleetHost } from './fleet-store';
import type { WallMetric } from './fleet-query';

/** Steps of colour: enough to see the difference, few enough that a cell is not painted anew at every breath of a value. */
export const HEAT_STEPS = 10;

/** The value of a host that colours its cell; `null` is unknown. */
export function wallValue({ card }: FleetHost, metric: WallMetric): number | null {
  return metric === 'disk' ? (card.values.disk?.share ?? null) : card.values[metric];
}

/**
 * The value that is drawn strongest: 100 for shares; else the largest of the fleet, rounded up to 1, 2 or 5 times a
 * power of ten, so that the colours do not move with it.
 */
export function wallTop(hosts: Iterable<FleetHost>, metric: WallMetric): number {
  if (metric === 'cpu' || metric === 'memory' || metric === 'disk') return 100;
  let most = 0;
  for (const host of hosts) most = Math.max(most, wallValue(host, metric) ?? 0);
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= most) ?? 10);
}

/** The step of colour of a value, from 0 to {@link HEAT_STEPS}; `null` for an unknown one. */
export function heatStep(value: number | null, top: number): number | null {
  if (value === null) return null;
  return Math.round(Math.min(1, Math.max(0, value / top)) * HEAT_STEPS);
}
