import { count } from '../language/count';
import type { Texts } from '../language/texts';
import type { EXPORT_EN } from './export.texts';

export const EXPORT_DE: Texts<typeof EXPORT_EN> = {
  title: 'Exportieren',
  host: (name) =>
    `Der Verlauf von ${name} als Datei: jeder einzelne Messwert, solange der Hub ihn aufbewahrt, davor Mittelwerte.`,
  fleet:
    'Der Verlauf der Flotte als Datei: jeder einzelne Messwert, solange der Hub ihn aufbewahrt, davor Mittelwerte.',
  scope: 'Hosts',
  wholeFleet: (hosts) => `Die ganze Flotte (${count(hosts)})`,
  shownHosts: (hosts) => `Nur die gezeigten (${count(hosts)})`,
  thisHost: 'Dieser Host',
  span: 'Zeitraum',
  shownSpan: (span) => `Wie gezeigt: ${span}`,
  lastSpan: (span) => `Letzte ${span}`,
  between: (from, to) => `${from} – ${to}`,
  metrics: 'Metriken',
  pageMetrics: 'Die dieser Seite',
  cardMetrics: 'Die auf den Karten',
  allMetrics: 'Alle Metriken',
  format: 'Format',
  formats: [
    { value: 'csv', label: 'Tabelle (CSV)' },
    { value: 'json', label: 'Zeilen in JSON' },
  ],
  save: 'Datei speichern',
  close: 'Schließen',
  cancel: 'Abbrechen',
  progress: 'Export läuft',
  running: (bytes) => `${bytes} bisher`,
  done: (bytes) => `Gespeichert: ${bytes}.`,
  cancelled: 'Abgebrochen. Es wurde nichts gespeichert.',
  failed: (reason) => `Der Export ist fehlgeschlagen, und es wurde nichts gespeichert: ${reason}`,
  script: 'Für Skripte',
  scriptHint: 'TOKEN ist ein API-Token; die Verwaltung erzeugt es unter Benutzer.',
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyFailed: 'Dieser Browser kopiert nicht von selbst: Befehl markieren und kopieren.',
};
