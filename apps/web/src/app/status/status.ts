import type { HostStatus } from '@hostdeck/contracts';

/** Every state, in the order it is listed in. */
export const STATUSES = [
  'live',
  'catching_up',
  'restarting',
  'stale',
  'down',
] as const satisfies readonly HostStatus[];

/** Reads a state from an address; anything else is none. */
export function parseStatus(text: string | undefined): HostStatus | null {
  return STATUSES.find((status) => status === text) ?? null;
}
