import { count } from '../../language/count';
import { inLanguage } from '../../language/language';
import { SILENCES_DE } from './silences.texts.de';

/** In English; other languages have the same keys. */
export const SILENCES_EN = {
  lead: 'A silence keeps messages back, never the record. What still fires when it ends is told then.',
  add: 'New silence',
  none: {
    heading: 'Nothing is silenced',
    lead: 'Plan a maintenance window before the work begins.',
  },
  active: 'active now',
  planned: 'planned',
  over: 'over',
  window: (start: string, end: string) => `${start} to ${end}`,
  recurring: (cron: string, zone: string, length: string) => `${cron} (${zone}), for ${length}`,
  by: (name: string) => `by ${name}`,
  end: 'End it',
  endOf: (reason: string) => `End it: ${reason}`,
  everything: 'everything',
  rules: (names: string) => `rules ${names}`,
  hosts: (hosts: number) => (hosts === 1 ? '1 host' : `${count(hosts)} hosts`),
  form: {
    heading: 'New silence',
    reason: 'Why',
    reasonHint: 'Shown wherever the silence has an effect.',
    tags: 'Hosts tagged',
    tagsHint: 'All of these tags; empty: every host.',
    hostName: 'Hosts named',
    hostNameHint: 'A pattern such as db-*; empty: every name.',
    rule: 'Rule',
    allRules: 'All rules',
    kind: 'When',
    kinds: { now: 'From now on', once: 'Once, later', recurring: 'Again and again' },
    from: 'Begins',
    length: 'Lasts',
    cron: 'Begins at (cron)',
    cronHint: 'Minute, hour, day, month, weekday: 0 2 * * 0 is every Sunday at 2.',
    zone: 'Time zone',
    save: 'Silence',
    cancel: 'Cancel',
    noTime: 'Say when it begins.',
    noLength: 'Say how long it lasts.',
  },
} as const;

export const SILENCES_TEXTS = inLanguage(SILENCES_EN, { de: SILENCES_DE });
