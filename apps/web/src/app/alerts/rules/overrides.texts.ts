import { inLanguage } from '../../language/language';
import { OVERRIDES_DE } from './overrides.texts.de';

/** In English; other languages have the same keys. */
export const OVERRIDES_EN = {
  heading: 'Exceptions',
  lead: 'What differs for one host, or for all with a tag. A host’s own goes before those of its tags.',
  none: 'The rule is the same everywhere.',
  add: 'Make an exception',
  edit: 'Change',
  editOf: (target: string) => `Change: ${target}`,
  remove: 'Remove',
  removeOf: (target: string) => `Remove: ${target}`,
  targetHost: (name: string) => `Host ${name}`,
  targetTag: (tag: string) => `Tag ${tag}`,
  goneHost: 'A host that is gone',
  off: 'switched off',
  on: 'switched on',
  threshold: (value: string) => `threshold ${value}`,
  clear: (value: string) => `well again at ${value}`,
  severity: (name: string) => `severity ${name}`,
  for: (time: string) => `for ${time}`,
  preview: (target: string) => `With the exception: ${target}`,
  form: {
    heading: 'Exception',
    kind: 'For',
    kinds: { host: 'One host', tag: 'All with a tag' },
    host: 'Host',
    chooseHost: 'Choose a host…',
    tag: 'Tag',
    effect: 'What differs',
    effects: {
      other: 'Other values',
      off: 'Switched off here',
      on: 'Switched on here, whatever its tags say',
    },
    threshold: 'Threshold',
    same: 'Empty: as in the rule.',
    clear: 'Well again at',
    clearHint: 'Empty: it moves with the threshold.',
    for: 'It has to be so for',
    severity: 'Severity',
    sameSeverity: 'As in the rule',
    save: 'Save the exception',
    cancel: 'Cancel',
    noHost: 'Choose a host.',
    noTag: 'Say a tag.',
    noNumber: 'A number is needed here.',
    nothing: 'Say what differs.',
  },
} as const;

export const OVERRIDES_TEXTS = inLanguage(OVERRIDES_EN, { de: OVERRIDES_DE });
