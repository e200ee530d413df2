import type { ConditionKind } from '@hostdeck/contracts';
import { count } from '../../language/count';
import { inLanguage } from '../../language/language';
import { RULES_DE } from './rules.texts.de';

/** Every kind of condition, in the order they are offered. */
export const CONDITION_KINDS = [
  'above',
  'below',
  'rate',
  'predicted',
  'absent',
  'changed',
  'down',
  'stale',
  'restarted',
  'clock_off',
  'agent_outdated',
  'lost_data',
  'identity_cloned',
] as const satisfies readonly ConditionKind[];

/** In English; other languages have the same keys. */
export const RULES_EN = {
  lead: 'A rule holds for every host it selects, also for those that join later. Exceptions are made per host or tag.',
  add: 'New rule',
  columns: { on: 'On', severity: 'Severity', name: 'Rule', when: 'When', hosts: 'Hosts' },
  on: (name: string) => `${name} is on`,
  overrides: (exceptions: number) =>
    exceptions === 1 ? '1 exception' : `${count(exceptions)} exceptions`,
  empty: {
    heading: 'No rules',
    lead: 'Without a rule nobody is told anything.',
  },
  allHosts: 'all hosts',
  tagged: (tags: string) => `tagged ${tags}`,
  named: (name: string) => `named ${name}`,
  edit: {
    back: 'All rules',
    newHeading: 'New rule',
    name: 'Name',
    severity: 'Severity',
    enabled: 'The rule is on',
    hosts: 'Which hosts',
    tags: 'Tags',
    tagsHint: 'All of them; empty: every host. Separated by commas.',
    hostName: 'Name',
    hostNameHint: 'A pattern such as web-*; empty: every name.',
    condition: 'When',
    kind: 'What has to be so',
    metric: 'Metric',
    instance: 'Which of them',
    instanceHint: 'A pattern: * is any text, ? one character.',
    threshold: 'Threshold',
    clear: 'Well again at',
    clearHint: 'Empty: the threshold. A value of its own keeps one alert from becoming many.',
    direction: 'Direction',
    directions: { above: 'rises above', below: 'falls below' },
    window: 'Judged over the last',
    within: 'Reached within',
    clockThreshold: 'By more than',
    for: 'It has to be so for',
    clearFor: 'It has to be well for',
    repeat: 'Remind after',
    repeatHint: 'While nobody has acknowledged it; empty: never.',
    escalate: 'Becomes worse after',
    escalateHint: 'While nobody has acknowledged it; empty: never.',
    escalateTo: 'Then it is',
    messages: 'What is said',
    message: 'Message',
    messageHint: (placeholders: string) => `Empty: the usual one. May use ${placeholders}.`,
    save: 'Save the rule',
    saving: 'Saving…',
    cancel: 'Cancel',
    remove: 'Remove the rule',
    removeSure: 'What fires by it is resolved. Remove it?',
    notFound: { heading: 'There is no such rule', lead: 'It may have been removed.' },
    readOnly: 'Rules are changed by administrators.',
    wrong: 'Something is not right yet: see the fields marked below.',
  },
  unitOf: 'unit',
  conditions: {
    of: (metric: string, instance: string) => `${metric} of ${instance}`,
    above: (what: string, value: string) => `${what} above ${value}`,
    below: (what: string, value: string) => `${what} below ${value}`,
    absent: (what: string) => `${what} missing`,
    changed: (what: string) => `${what} changes`,
    rate: {
      above: (what: string, value: string, window: string) =>
        `${what}: change a second above ${value}, over ${window}`,
      below: (what: string, value: string, window: string) =>
        `${what}: change a second below ${value}, over ${window}`,
    },
    predicted: {
      above: (what: string, value: string, within: string) =>
        `${what} going above ${value} within ${within}`,
      below: (what: string, value: string, within: string) =>
        `${what} going below ${value} within ${within}`,
    },
    clockOff: (length: string) => `The clock is off by more than ${length}`,
  },
  backtest: {
    heading: 'Would it have fired?',
    day: 'Last 24 hours',
    week: 'Last 7 days',
    span: 'Time looked at',
    running: 'Looking at the history…',
    incomplete: 'As soon as the rule is complete, the history is asked.',
    never: (hosts: number) => `Never, on ${hosts === 1 ? '1 host' : `${count(hosts)} hosts`}.`,
    noHosts: 'It selects no host that is here now.',
    fired: (times: number, on: number, hosts: number) =>
      `${times === 1 ? 'Once' : `${count(times)} times`}, on ${count(on)} of ${
        hosts === 1 ? '1 host' : `${count(hosts)} hosts`
      }.`,
    times: (times: number) => (times === 1 ? 'once' : `${count(times)} times`),
    threshold: 'Threshold',
    fires: 'fires',
    longest: (span: string) => `longest ${span}`,
  },
  kinds: {
    above: 'A value is above a threshold',
    below: 'A value is below a threshold',
    absent: 'A value is missing',
    changed: 'A value changes',
    rate: 'A value changes fast',
    predicted: 'A value is going to reach a threshold',
    down: 'The host is down',
    stale: 'The host is stale',
    restarted: 'The host was rebooted',
    clock_off: 'The clock is off',
    agent_outdated: 'The agent is out of date',
    lost_data: 'Data was lost',
    identity_cloned: 'Two machines use one identity',
  } satisfies Record<ConditionKind, string>,
} as const;

export const RULES_TEXTS = inLanguage(RULES_EN, { de: RULES_DE });
