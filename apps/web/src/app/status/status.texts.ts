import type { HostStatus } from '@hostdeck/contracts';
import { inLanguage } from '../language/language';
import { STATUS_DE } from './status.texts.de';

/** In English; other languages have the same keys. */
export const STATUS_EN = {
  live: 'Live',
  stale: 'Stale',
  catching_up: 'Catching up',
  restarting: 'Restarting',
  down: 'Down',
} as const satisfies Readonly<Record<HostStatus, string>>;

/** A state in words. */
export const STATUS_WORDS = inLanguage(STATUS_EN, { de: STATUS_DE });
