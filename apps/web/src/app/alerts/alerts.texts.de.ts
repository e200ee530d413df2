import { count } from '../language/count';
import type { Texts } from '../language/texts';
import type { ALERTS_EN } from './alerts.texts';

export const ALERTS_DE: Texts<typeof ALERTS_EN> = {
  heading: 'Alarme',
  sections: 'Teile der Alarmseite',
  titles: {
    history: 'Verlauf der Alarme',
    rules: 'Alarmregeln',
    rule: 'Alarmregel',
    incident: 'Vorfall',
  },
  open: 'Offen',
  history: 'Verlauf',
  rules: 'Regeln',
  silences: 'Stummschaltungen',
  channels: 'Kanäle',
  severities: { critical: 'Kritisch', warning: 'Warnung', info: 'Hinweis' },
  badge: (incidents) =>
    incidents === 1 ? '1 offener Vorfall' : `${count(incidents)} offene Vorfälle`,
  loading: 'Wird geladen…',
  failed: (reason) => `Das konnte nicht geladen werden: ${reason}`,
  retry: 'Noch einmal versuchen',
  noneOpen: {
    heading: 'Alles in Ordnung',
    lead: 'Kein Alarm ist ausgelöst. Löst einer aus, steht er binnen einer Sekunde hier.',
  },
  noneKnown: {
    heading: 'Es lag nichts vor',
    lead: 'So war es, als der Hub zuletzt zu hören war. Was jetzt vorliegt, steht hier, sobald er antwortet.',
  },
  noneEver: {
    heading: 'Noch ist nichts vorgefallen',
    lead: 'Hier stehen Vorfälle, die vorbei sind, und was gegen sie getan wurde.',
  },
  noneMatch: { heading: 'Kein Vorfall passt', lead: 'Keiner hat diesen Schweregrad.' },
  allSeverities: 'Alle Schweregrade',
  severity: 'Schweregrad',
  more: 'Ältere zeigen',
  row: {
    since: (age) => `seit ${age}`,
    lasted: (age) => `dauerte ${age}`,
    resolved: 'behoben',
    acknowledged: (by) => `quittiert von ${by}`,
    quiet: 'stummgeschaltet',
    hosts: (first, others) => {
      if (others === 0) return first;
      return others === 1
        ? `${first} und 1 weiterer Host`
        : `${first} und ${count(others)} weitere Hosts`;
    },
    alerts: (firing, all) => {
      if (firing !== all) return `${count(firing)} von ${count(all)} Alarmen`;
      return all === 1 ? '1 Alarm' : `${count(all)} Alarme`;
    },
  },
  incident: {
    back: 'Alle Vorfälle',
    notFound: {
      heading: 'Diesen Vorfall gibt es nicht',
      lead: 'Vielleicht ist er älter, als der Hub Vorfälle aufbewahrt.',
    },
    opened: 'Eröffnet',
    resolved: 'Behoben',
    duration: 'Dauer',
    hosts: 'Hosts',
    scope: 'Zusammengefasst, denn',
    scopes: {
      host: 'alles betrifft einen Host',
      tag: 'die Hosts haben ein Tag gemeinsam',
      fleet: 'ein großer Teil der Flotte ist zugleich betroffen',
      rule: 'es ist eine Regel',
    },
    stillOpen: 'noch offen',
    acknowledge: 'Quittieren',
    acknowledgeHint:
      'Beendet Erinnerungen und Eskalation für alle. Der Vorfall bleibt offen, bis er behoben ist.',
    unacknowledge: 'Zurücknehmen',
    acknowledgedBy: (by, time) => `Quittiert von ${by}, ${time}`,
    alerts: 'Alarme',
    alertColumns: { state: 'Zustand', what: 'Was', host: 'Host', since: 'Seit', lasted: 'Dauer' },
    fires: 'ausgelöst',
    over: 'vorbei',
    quiet: { silenced: 'stummgeschaltet', host_down: 'im Ausfall des Hosts enthalten' },
    culprits: 'Verursacher',
    culpritsLead: 'Die Prozesse, die zu Beginn am meisten verbrauchten.',
    culpritColumns: {
      process: 'Prozess',
      user: 'Benutzer',
      cpu: 'CPU',
      memory: 'Speicher',
      host: 'Host',
    },
    timeline: 'Ablauf',
    kinds: {
      opened: 'eröffnet',
      reopened: 'wieder eröffnet',
      alert_fired: 'ausgelöst',
      alert_resolved: 'wieder gut',
      severity_raised: 'verschlimmert',
      culprits: 'Prozesse',
      notified: 'gemeldet',
      silenced: 'stummgeschaltet',
      acknowledged: 'quittiert',
      unacknowledged: 'zurückgenommen',
      note: 'Notiz',
      resolved: 'behoben',
    },
    note: 'Notiz',
    noteHint: 'Was zu sehen war, was getan wurde: für alle, die danach kommen.',
    addNote: 'Notiz hinzufügen',
    noteEmpty: 'Die Notiz ist noch leer.',
  },
};
