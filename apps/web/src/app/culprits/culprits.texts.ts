import { count } from '../language/count';
import { inLanguage } from '../language/language';
import { CULPRIT_DE } from './culprits.texts.de';

/** In English; other languages have the same keys. */
export const CULPRIT_EN = {
  heading: 'Who did this',
  close: 'Close',
  by: 'Most of what',
  orders: { cpu: 'CPU', memory: 'Memory' },
  earlier: 'Ten seconds earlier',
  later: 'Ten seconds later',
  between: (from: string, to: string, length: string) => `${from} – ${to} (${length})`,
  atThatTime: (chart: string) => `${chart} at that time`,
  most: (value: string) => `at most ${value}`,
  loading: 'Asking who was busy…',
  failed: (reason: string) => `Who was busy is not known: ${reason}`,
  retry: 'Try again',
  spoken: (name: string, amount: string) => `Most was used by ${name}: ${amount}`,
  none: 'Nothing was kept of that time',
  noneLead:
    'The processes that use most are sampled every ten seconds while the agent runs, and kept as long as the finest history.',
  sample: (time: string) => `Sampled at ${time} on the host’s clock.`,
  samples: (samples: number, from: string, to: string) =>
    `Mean over ${count(samples)} samples from ${from} to ${to}.`,
  perSecond: 'CPU is a share of one core since the sample before.',
  ofHost: (share: string) => `${share} of the host`,
  pid: (pid: number) => `PID ${pid}`,
  noUser: 'user not known',
  noCommand: 'no command line',
  showNow: (name: string, pid: number) => `Look for ${name}, PID ${pid}, in the process table`,
  ask: 'Who did this?',
  askHint:
    'Shows which processes used most in the time the charts show. Press on a moment in a chart (with a finger: press and hold) to ask about that moment, or draw over a part of it with Shift.',
  askEvent: 'Who was busy then',
} as const;

export const CULPRIT_TEXTS = inLanguage(CULPRIT_EN, { de: CULPRIT_DE });
