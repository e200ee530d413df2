import type { HostStatus } from '@hostdeck/contracts';

/** Every state, in the order it is listed in. */
export const STATUSES = [
  'live',
  'catching_up',
  'restarting',
  'stale',
  'down',
] as const satisfies readonly HostStatus[];

/** A state in words. */
export const STATUS_WORDS: Readonly<Record<HostStatus, string>> = {
  live: 'Live',
  stale: 'Stale',
  catching_up: 'Catching up',
  restarting: 'Restarting',
  down: 'Down',
};

/** Reads a state from an address; anything else is none. */
export function parseStatus(text: string | undefined): HostStatus | null {
  return STATUSES.find((status) => status === text) ?? null;
}
