import type { Texts } from '../language/texts';
import type { OFFLINE_EN } from './offline.texts';

export const OFFLINE_DE: Texts<typeof OFFLINE_EN> = {
  title: 'Der Hub antwortet nicht',
  lead: 'Vielleicht startet er gerade neu, oder von diesem Gerät führt kein Weg zu ihm. Hostdeck versucht es weiter und macht von selbst weiter, sobald der Hub wieder da ist.',
  seen: (age, time) => `Was zuletzt zu sehen war, ist ${age} alt, von ${time}:`,
  never: 'Auf diesem Gerät ist nichts über die Flotte bekannt.',
  tryNow: 'Jetzt versuchen',
  trying: 'Wird versucht…',
};
