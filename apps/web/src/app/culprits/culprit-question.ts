import type { CulpritsQuestion } from '../api/hub-api';

/** What the culprits are ranked by. */
export type CulpritOrder = CulpritsQuestion['by'];

/** Time that is asked about, ms since the epoch on the host's clock; a moment where both ends are the same. */
export interface AskedTime {
  readonly from: number;
  readonly to: number;
}

/** Reads what the address asks about: a moment as `1700000000000`, or a span as `1700000000000-1700000060000`. */
export function parseAsked(text: string | undefined): AskedTime | null {
  const [, from, to = from] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(text ?? '') ?? [];
  const asked = { from: Number(from), to: Number(to) };
  return asked.to >= asked.from ? asked : null;
}

/** The same for the address. */
export function writeAsked({ from, to }: AskedTime): string {
  const [first, last] = [Math.round(from), Math.round(to)];
  return first === last ? String(first) : `${first}-${last}`;
}

/** Reads what they are ranked by. */
export function parseOrder(text: string | undefined): CulpritOrder {
  return text === 'memory' ? 'memory' : 'cpu';
}

/** The question as the hub is asked. */
export function culpritsQuestion({ from, to }: AskedTime, by: CulpritOrder): CulpritsQuestion {
  return from === to ? { at: from, by } : { from, to, by };
}
