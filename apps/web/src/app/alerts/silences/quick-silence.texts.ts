import { inLanguage } from '../../language/language';
import { QUICK_SILENCE_DE } from './quick-silence.texts.de';

/** In English; other languages have the same keys. */
export const QUICK_SILENCE_EN = {
  open: 'Silence this',
  openOf: (what: string) => `Silence this: ${what}`,
  heading: 'Send nothing about this',
  lead: 'It is still recorded, and that it is well again is always told. What fires when the silence ends is told then.',
  about: 'Alert',
  aboutOf: (rule: string, host: string) => `${rule} · ${host}`,
  scope: 'What',
  scopes: {
    both: (rule: string, host: string) => `${rule} on ${host}`,
    host: (_rule: string, host: string) => `Everything on ${host}`,
    rule: (rule: string, _host: string) => `${rule} on every host`,
  },
  length: 'How long',
  lengths: {
    hour: '1 hour',
    hours: '4 hours',
    morning: 'Until tomorrow 8:00',
    resolved: 'Until it is resolved',
    chosen: 'Until a moment',
  },
  until: 'Until',
  reason: 'Why',
  reasonHint: 'Shown wherever it has an effect.',
  save: 'Silence',
  cancel: 'Cancel',
  inForce: 'Silenced',
  untilTime: (time: string) => `until ${time}`,
  untilResolved: 'until it is resolved',
  by: (name: string) => `by ${name}`,
  end: 'End it',
  endOf: (reason: string) => `End it: ${reason}`,
  noReason: 'Say why.',
  notLater: 'Choose a moment that is still to come.',
} as const;

export const QUICK_SILENCE_TEXTS = inLanguage(QUICK_SILENCE_EN, {
  de: QUICK_SILENCE_DE,
});
