import type { Texts } from '../../language/texts';
import type { QUICK_SILENCE_EN } from './quick-silence.texts';

export const QUICK_SILENCE_DE: Texts<typeof QUICK_SILENCE_EN> = {
  open: 'Stummschalten',
  openOf: (what) => `Stummschalten: ${what}`,
  heading: 'Hierüber nichts senden',
  lead: 'Aufgezeichnet wird weiter, und dass es behoben ist, wird immer gesagt. Was am Ende noch auslöst, wird dann gemeldet.',
  about: 'Alarm',
  aboutOf: (rule, host) => `${rule} · ${host}`,
  scope: 'Was',
  scopes: {
    both: (rule, host) => `${rule} auf ${host}`,
    host: (_rule, host) => `Alles auf ${host}`,
    rule: (rule) => `${rule} auf jedem Host`,
  },
  length: 'Wie lange',
  lengths: {
    hour: '1 Stunde',
    hours: '4 Stunden',
    morning: 'Bis morgen 8:00',
    resolved: 'Bis es behoben ist',
    chosen: 'Bis zu einem Zeitpunkt',
  },
  until: 'Bis',
  reason: 'Warum',
  reasonHint: 'Steht überall, wo es wirkt.',
  save: 'Stummschalten',
  cancel: 'Abbrechen',
  inForce: 'Stummgeschaltet',
  untilTime: (time) => `bis ${time}`,
  untilResolved: 'bis es behoben ist',
  by: (name) => `von ${name}`,
  end: 'Beenden',
  endOf: (reason) => `Beenden: ${reason}`,
  noReason: 'Der Grund fehlt.',
  notLater: 'Der Zeitpunkt muss noch kommen.',
};
