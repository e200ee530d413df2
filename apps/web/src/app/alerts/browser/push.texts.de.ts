import type { Texts } from '../../language/texts';
import type { PUSH_EN } from './push.texts';

export const PUSH_DE: Texts<typeof PUSH_EN> = {
  section: 'Dieser Browser',
  heading: 'Mitteilungen in diesem Browser',
  lead: 'Nachrichten kommen auch, wenn keine Seite offen ist. Sie sind für diesen Browser allein verschlüsselt.',
  needsChannel:
    'Welche Nachrichten kommen, sagen die Routen; die Verwaltung legt dafür einen Kanal der Art „Browser-Mitteilungen“ an.',
  states: {
    checking: 'Wird geprüft…',
    none: 'Dieser Browser kann das nicht, oder die Seite kommt nicht über HTTPS.',
    denied:
      'Mitteilungen dieser Seite sind im Browser gesperrt. Erlauben Sie sie in dessen Einstellungen.',
    off: 'Dieser Browser bekommt keine Nachrichten.',
    on: 'Dieser Browser bekommt Nachrichten.',
  },
  turnOn: 'Einschalten',
  turnOff: 'Ausschalten',
  working: 'Einen Moment…',
  test: 'Testnachricht senden',
  tested: 'Der Dienst des Browsers hat sie angenommen: sie muss gleich erscheinen.',
  testFailed: (reason) => `Sie wurde nicht angenommen: ${reason}`,
  failed: (reason) => `Das ging nicht: ${reason}`,
  browsers: 'Ihre Browser',
  noBrowsers: 'Noch keiner.',
  since: (time) => `seit ${time}`,
  thisOne: 'dieser',
  remove: 'Entfernen',
  removeOf: (name) => `Entfernen: ${name}`,
  browserOn: (browser, system) => `${browser} auf ${system}`,
  unknownBrowser: 'Browser',
  unknownSystem: 'unbekanntem System',
};
