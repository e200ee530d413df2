import { count } from '../language/count';
import type { Texts } from '../language/texts';
import type { PROCESS_EN } from './processes.texts';

export const PROCESS_DE: Texts<typeof PROCESS_EN> = {
  name: 'Prozesse',
  columns: {
    pid: ['PID', 'Nummer des Prozesses'],
    ppid: ['Eltern', 'Nummer des Prozesses, der ihn gestartet hat'],
    name: ['Name', 'Name des Prozesses, wie der Kernel ihn führt'],
    user: ['Benutzer', 'Unter wem er läuft'],
    state: ['Zustand', 'Was er in diesem Moment tut'],
    cpu: ['CPU', 'Anteil eines Kerns seit der vorigen Messung; über 100 % ist mehr als ein Kern'],
    memory: ['Speicher', 'Residenter Speicher'],
    memoryShare: ['Sp. %', 'Residenter Speicher, Anteil am Speicher des Hosts'],
    read: ['Gelesen', 'Von Platten gelesen, je Sekunde'],
    write: ['Geschr.', 'Auf Platten geschrieben, je Sekunde'],
    threads: ['Threads', 'Anzahl der Threads'],
    files: ['Dateien', 'Offene Dateien'],
    started: ['Alter', 'Zeit seit dem Start'],
    command: ['Befehl', 'Befehlszeile, ohne Geheimnisse'],
  },
  states: {
    running: 'Läuft',
    blocked: 'Blockiert',
    sleeping: 'Schläft',
    idle: 'Untätig',
    stopped: 'Gestoppt',
    zombie: 'Zombie',
    other: 'Anderes',
  },
  stateMeanings: {
    running: 'Nutzt einen Prozessor oder wartet auf einen',
    blocked: 'Wartet auf eine Platte oder ein anderes Gerät und kann nicht unterbrochen werden',
    sleeping: 'Wartet, dass etwas geschieht',
    idle: 'Ein untätiger Thread des Kernels',
    stopped: 'Durch ein Signal oder einen Debugger angehalten',
    zombie: 'Ist beendet; der Elternprozess hat das Ergebnis noch nicht abgeholt',
    other: 'Ein Zustand ohne gängigen Namen oder noch nicht gelesen',
  },
  filter: 'Prozesse filtern',
  filterPlaceholder: 'Name, Befehl, Benutzer oder PID',
  user: 'Benutzer',
  everybody: 'Alle Benutzer',
  state: 'Zustand',
  everyState: 'Alle Zustände',
  tree: 'Baum',
  treeHint: 'Prozesse unter ihren Elternprozessen zeigen',
  chooseColumns: 'Spalten',
  usualColumns: 'Die üblichen Spalten',
  pause: 'Anhalten',
  follow: 'Folgen',
  pausedAt: (time) => `Angehalten um ${time}`,
  waiting:
    'Wartet auf die erste Messung. Der Host misst seine Prozesse nur, solange jemand zusieht.',
  unavailable: 'Von diesem Host gibt es gerade keine Prozesstabelle',
  lost: (age) => `Die Verbindung zum Hub ist verloren. Das hier ist ${age} alt.`,
  old: (age) =>
    `Seit ${age} keine neue Messung. Vielleicht ist der Host überlastet oder nicht erreichbar.`,
  none: 'Kein Prozess passt',
  noneLead: 'Die Filter lassen nichts übrig.',
  showAll: 'Alle Prozesse zeigen',
  count: (shown, sent, total) => {
    if (shown < sent) return `${count(shown)} von ${count(total)} Prozessen`;
    return total === 1 ? '1 Prozess' : `${count(total)} Prozesse`;
  },
  cut: (sent, total) =>
    `Der Host hat ${count(total)} Prozesse, diese Tabelle ${count(sent)} davon: die mit dem größten Verbrauch und keine, die seine Einstellungen auslassen.`,
  noCommand: 'keine Befehlszeile',
  noCommandMeaning:
    'Ein Thread des Kernels hat keine; andere werden gezeigt, es sei denn, der Agent darf sie nicht lesen oder die Einstellungen des Hosts behalten sie dort.',
  redacted:
    'Passwörter, Tokens und Schlüssel in Befehlszeilen werden schon auf dem Host ersetzt, bevor etwas gesendet wird.',
  unknown: 'Nicht bekannt: Die zweite Messung steht noch aus, oder der Agent darf es nicht lesen.',
  open: (name) => `Zeigen, was ${name} gestartet hat`,
  close: (name) => `Verbergen, was ${name} gestartet hat`,
  details: 'Gewählter Prozess',
  closeDetails: 'Schließen',
  choose:
    'Einen Prozess mit einem Klick oder mit Pfeiltasten und Enter wählen, um alles über ihn zu sehen.',
  gone: 'Dieser Prozess ist beendet.',
  parent: (pid, name) => `${pid} ${name}`,
};
