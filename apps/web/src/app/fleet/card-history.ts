import type { CardHistory, CardValues } from '@hostdeck/contracts';

/** The last ten minutes of a card, as it is carried on in the page. */
export interface RollingHistory {
  /** Start of the first step, on the hub's clock. */
  readonly from: number;
  readonly step: number;
  readonly lines: Readonly<Record<CardLine, readonly (number | null)[]>>;
  /** Samples averaged in the last step of every line. */
  readonly samples: number;
}

/** The lines drawn on a card. */
export const CARD_LINES = ['cpu', 'memory', 'disk', 'receive', 'transmit'] as const;
export type CardLine = (typeof CARD_LINES)[number];

/** Takes over the history a snapshot brings; its last step is the one that `hubTime` falls into. */
export function startHistory(history: CardHistory, hubTime: number): RollingHistory {
  const { step, cpu, memory, disk, receive, transmit } = history;
  const length = Math.max(cpu.length, 1);
  return {
    // Judged from the end, so that it does not matter which clock the steps were cut by.
    from: hubTime - length * step,
    step,
    lines: { cpu, memory, disk, receive, transmit },
    samples: 1,
  };
}

/** Carries a history on with the values of a card that arrived at `hubTime`; steps without any are unknown. */
export function continueHistory(
  history: RollingHistory,
  values: CardValues,
  hubTime: number,
): RollingHistory {
  const { from, step } = history;
  const length = Math.max(history.lines.cpu.length, 1);
  const index = Math.floor((hubTime - from) / step);
  const shift = Math.max(0, index - (length - 1));
  const samples = shift === 0 ? history.samples + 1 : 1;
  const carry = (line: readonly (number | null)[], value: number | null): (number | null)[] => {
    const kept = line.slice(Math.min(shift, length));
    while (kept.length < length) kept.push(null);
    kept[length - 1] = average(kept[length - 1] ?? null, value, samples);
    return kept;
  };
  const { lines } = history;
  return {
    from: from + shift * step,
    step,
    lines: {
      cpu: carry(lines.cpu, values.cpu),
      memory: carry(lines.memory, values.memory),
      disk: carry(lines.disk, values.disk?.share ?? null),
      receive: carry(lines.receive, values.receive),
      transmit: carry(lines.transmit, values.transmit),
    },
    samples,
  };
}

/** Running mean of `samples` samples, the last of which is `value`. */
function average(mean: number | null, value: number | null, samples: number): number | null {
  if (value === null) return mean;
  return mean === null ? value : mean + (value - mean) / samples;
}
