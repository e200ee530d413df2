import { count } from '../language/count';
import type { Texts } from '../language/texts';
import type { CULPRIT_EN } from './culprits.texts';

export const CULPRIT_DE: Texts<typeof CULPRIT_EN> = {
  heading: 'Verursacher',
  close: 'Schließen',
  by: 'Am meisten wovon',
  orders: { cpu: 'CPU', memory: 'Speicher' },
  earlier: 'Zehn Sekunden früher',
  later: 'Zehn Sekunden später',
  between: (from, to, length) => `${from} – ${to} (${length})`,
  atThatTime: (chart) => `${chart} zu dieser Zeit`,
  most: (value) => `höchstens ${value}`,
  loading: 'Verursacher werden gesucht…',
  failed: (reason) => `Die Verursacher sind nicht bekannt: ${reason}`,
  retry: 'Noch einmal versuchen',
  spoken: (name, amount) => `Am meisten verbrauchte ${name}: ${amount}`,
  none: 'Von dieser Zeit wurde nichts aufbewahrt',
  noneLead:
    'Solange der Agent läuft, werden die Prozesse mit dem größten Verbrauch alle zehn Sekunden gemessen und so lange aufbewahrt wie der feinste Verlauf.',
  sample: (time) => `Gemessen um ${time} nach der Uhr des Hosts.`,
  samples: (samples, from, to) => `Mittel über ${count(samples)} Messungen von ${from} bis ${to}.`,
  perSecond: 'CPU ist der Anteil eines Kerns seit der vorigen Messung.',
  ofHost: (share) => `${share} des Hosts`,
  pid: (pid) => `PID ${pid}`,
  noUser: 'Benutzer nicht bekannt',
  noCommand: 'keine Befehlszeile',
  showNow: (name, pid) => `${name}, PID ${pid}, in der Prozesstabelle suchen`,
  ask: 'Wer war das?',
  askHint:
    'Zeigt, welche Prozesse in der gezeigten Zeit am meisten verbraucht haben. Ein Klick in ein Diagramm (mit dem Finger: gedrückt halten) fragt nach diesem Moment, Ziehen mit Umschalt nach einem Abschnitt.',
  askEvent: 'Wer war da am Werk?',
};
