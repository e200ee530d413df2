import type { IncidentSummary, Severity, TimelineEntry } from '@hostdeck/contracts';
import { count } from '../language/count';
import { inLanguage } from '../language/language';
import { ALERTS_DE } from './alerts.texts.de';

const counted = (number: number, one: string, many: string) =>
  number === 1 ? `1 ${one}` : `${count(number)} ${many}`;

/** In English; other languages have the same keys. */
export const ALERTS_EN = {
  heading: 'Alerts',
  sections: 'Parts of the alerts page',
  titles: {
    history: 'Alert history',
    rules: 'Alert rules',
    rule: 'Alert rule',
    incident: 'Incident',
  },
  open: 'Open',
  history: 'History',
  rules: 'Rules',
  silences: 'Silences',
  channels: 'Channels',
  severities: { critical: 'Critical', warning: 'Warning', info: 'Info' } satisfies Record<
    Severity,
    string
  >,
  badge: (number: number) => counted(number, 'open incident', 'open incidents'),
  loading: 'Loading…',
  failed: (reason: string) => `This could not be loaded: ${reason}`,
  retry: 'Try again',
  noneOpen: {
    heading: 'All is well',
    lead: 'Nothing fires. When something does, it is here within a second.',
  },
  noneKnown: {
    heading: 'Nothing fired',
    lead: 'That is how it was when the hub was heard last. What fires now is here as soon as it answers.',
  },
  noneEver: {
    heading: 'Nothing has happened yet',
    lead: 'Incidents that are over are kept here, with what was done about them.',
  },
  noneMatch: { heading: 'No incident matches', lead: 'None is of this severity.' },
  allSeverities: 'All severities',
  severity: 'Severity',
  more: 'Show older ones',
  row: {
    since: (age: string) => `for ${age}`,
    lasted: (age: string) => `lasted ${age}`,
    resolved: 'resolved',
    acknowledged: (by: string) => `acknowledged by ${by}`,
    quiet: 'silenced',
    hosts: (first: string, others: number) =>
      others === 0 ? first : `${first} and ${counted(others, 'other host', 'other hosts')}`,
    alerts: (firing: number, all: number) =>
      firing === all
        ? counted(all, 'alert', 'alerts')
        : `${count(firing)} of ${counted(all, 'alert', 'alerts')}`,
  },
  incident: {
    back: 'All incidents',
    notFound: {
      heading: 'There is no such incident',
      lead: 'It may be older than the hub keeps incidents.',
    },
    opened: 'Opened',
    resolved: 'Resolved',
    duration: 'Duration',
    hosts: 'Hosts',
    scope: 'Together because',
    scopes: {
      host: 'all is of one host',
      tag: 'the hosts share a tag',
      fleet: 'much of the fleet is hit at once',
      rule: 'it is one rule',
    } satisfies Record<IncidentSummary['scope'], string>,
    stillOpen: 'still open',
    acknowledge: 'Acknowledge',
    acknowledgeHint:
      'Stops reminders and escalation for everybody. It stays open until it is well.',
    unacknowledge: 'Take back',
    acknowledgedBy: (by: string, time: string) => `Acknowledged by ${by}, ${time}`,
    alerts: 'Alerts',
    alertColumns: { state: 'State', what: 'What', host: 'Host', since: 'Since', lasted: 'Lasted' },
    fires: 'fires',
    over: 'over',
    quiet: { silenced: 'silenced', host_down: 'covered by the host being down' },
    culprits: 'Who did this',
    culpritsLead: 'The processes that used most when it began.',
    culpritColumns: {
      process: 'Process',
      user: 'User',
      cpu: 'CPU',
      memory: 'Memory',
      host: 'Host',
    },
    timeline: 'Timeline',
    kinds: {
      opened: 'opened',
      reopened: 'opened again',
      alert_fired: 'fires',
      alert_resolved: 'well again',
      severity_raised: 'worse',
      culprits: 'processes',
      notified: 'told',
      silenced: 'silenced',
      acknowledged: 'acknowledged',
      unacknowledged: 'taken back',
      note: 'note',
      resolved: 'resolved',
    } satisfies Record<TimelineEntry['kind'], string>,
    note: 'Note',
    noteHint: 'What was seen, what was done: for whoever looks next.',
    addNote: 'Add the note',
    noteEmpty: 'Write something first.',
  },
} as const;

export const ALERTS_TEXTS = inLanguage(ALERTS_EN, { de: ALERTS_DE });
