import { inLanguage } from '../language/language';
import { OFFLINE_DE } from './offline.texts.de';

/** In English; other languages have the same keys. */
export const OFFLINE_EN = {
  title: 'The hub does not answer',
  lead: 'It may be restarting, or this machine has no way to it. Hostdeck keeps trying, and goes on by itself when the hub is back.',
  seen: (age: string, time: string) => `What was seen last is ${age} old, from ${time}:`,
  never: 'Nothing is known of the fleet on this machine.',
  tryNow: 'Try now',
  trying: 'Trying…',
} as const;

export const OFFLINE_TEXTS = inLanguage(OFFLINE_EN, { de: OFFLINE_DE });
