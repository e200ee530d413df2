import type { Texts } from '../language/texts';
import type { STATUS_EN } from './status.texts';

export const STATUS_DE: Texts<typeof STATUS_EN> = {
  live: 'Live',
  stale: 'Veraltet',
  catching_up: 'Holt auf',
  restarting: 'Startet neu',
  down: 'Ausgefallen',
};
