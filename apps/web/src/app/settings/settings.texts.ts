import type {
  AgentSettings,
  CollectorName,
  IntervalReason,
  SettingName,
} from '@hostdeck/contracts';
import { inLanguage } from '../language/language';
import { SETTINGS_DE } from './settings.texts.de';

/** A setting in words. */
interface SettingWords {
  readonly label: string;
  readonly hint: string;
}

const SETTINGS: Readonly<Record<SettingName, SettingWords>> = {
  interval: { label: 'Sampling interval', hint: 'Time between two samples, 1 to 60 seconds.' },
  watchedInterval: {
    label: 'Interval while watched',
    hint: 'While somebody looks at the host, if that is shorter.',
  },
  adaptive: {
    label: 'Sample less under strain',
    hint: 'On battery, or when the host is too busy to sample in time.',
  },
  disabled: { label: 'Collectors', hint: 'What the agent reads. Switched off, its charts end.' },
  mounts: { label: 'Filesystems', hint: 'By mount point.' },
  networkMounts: {
    label: 'Network filesystems',
    hint: 'NFS, SMB and the like. One that does not answer never holds up the other metrics.',
  },
  disks: { label: 'Disks', hint: 'By device name, such as nvme0n1.' },
  interfaces: { label: 'Network interfaces', hint: 'By name, such as eth0 or veth*.' },
  containers: { label: 'Containers', hint: 'By name.' },
  services: {
    label: 'Services',
    hint: 'Units that are watched by name whatever their state; failed ones always are.',
  },
  processes: { label: 'Processes', hint: 'By name, in the process table and among the culprits.' },
  commandLines: {
    label: 'Command lines',
    hint: 'Hidden: no command line leaves the host. Otherwise secrets in them are replaced first.',
  },
};

const COLLECTORS: Readonly<Record<CollectorName, string>> = {
  cpu: 'CPU',
  load: 'Load',
  memory: 'Memory',
  pressure: 'Pressure',
  disks: 'Disks',
  filesystems: 'Filesystems',
  network: 'Network',
  tcp: 'TCP',
  udp: 'UDP',
  processes: 'Processes',
  sensors: 'Sensors',
  battery: 'Battery',
  gpu: 'GPU',
  smart: 'SMART',
  raid: 'Software RAID',
  services: 'Services',
  containers: 'Containers',
  textfile: 'Textfile metrics',
};

const REASONS: Readonly<Record<IntervalReason, string>> = {
  set: 'as it is set',
  watched: 'because somebody looks at it',
  battery: 'because it runs on battery',
  overloaded: 'because it is too busy to sample more often',
};

const COMMAND_LINES: Readonly<Record<AgentSettings['commandLines'], string>> = {
  redacted: 'Without secrets',
  hidden: 'Hidden',
};

/** In English; other languages have the same keys. */
export const SETTINGS_EN = {
  title: 'Settings of the agents',
  lead: 'The narrowest setting wins: host, tag, fleet, the agent’s own configuration, default. Of several tags the first by name. Changes are sent to the agents at once.',
  hostHeading: 'Settings of this host',
  hostLead:
    'What is not set here comes from its tags, the fleet, the agent’s own configuration or the default.',
  settings: SETTINGS,
  collectors: COLLECTORS,
  commandLines: COMMAND_LINES,
  groups: { sampling: 'Sampling', watched: 'What is watched', processes: 'Processes' },
  fleet: 'Whole fleet',
  fleetLead: 'For every host, unless a tag or the host itself says otherwise.',
  tag: (tag: string) => `Tag ${tag}`,
  tagLead: 'For every host with this tag, unless the host itself says otherwise.',
  addTag: 'Set something for a tag',
  add: 'Add',
  badTag: 'A tag starts with a letter or digit and has at most 64 letters, digits, or _ . : / -',
  noTags: 'No tag has settings of its own.',
  sources: {
    default: 'Default',
    agent: 'From the agent’s own configuration',
    fleet: 'From the fleet',
    tag: (tag: string) => `From tag ${tag}`,
    host: 'Set for this host',
    here: 'Set here',
  },
  edit: (what: string) => `Change ${what}`,
  change: 'Change',
  reset: 'Reset',
  resetWhat: (what: string) => `Reset ${what} to what is inherited`,
  save: 'Save',
  saving: 'Saving…',
  cancel: 'Cancel',
  saved: (what: string) => `${what} saved and sent to the agents.`,
  wasReset: (what: string) => `${what} reset and sent to the agents.`,
  seconds: 'Seconds',
  on: 'On',
  off: 'Off',
  include: 'Only these',
  skip: 'Never these',
  patterns: 'Names',
  patternsHint: 'One on a line; * stands for any characters, ? for one.',
  allCollectors: 'All on',
  collectorsOff: (names: string) => `Off: ${names}`,
  all: 'All',
  only: (names: string) => `Only ${names}`,
  not: (names: string) => `not ${names}`,
  none: 'None',
  loading: 'Loading the settings…',
  failed: (reason: string) => `The settings are not known: ${reason}`,
  retry: 'Try again',
  readOnly: 'You may look at the settings; an administrator may change them.',
  badInterval: 'A number of seconds from 1 to 60 is needed.',
  reasons: REASONS,
  report: {
    heading: 'The agent now',
    interval: (length: string, reason: string) => `Samples every ${length}, ${reason}.`,
    unknown: 'The agent has not said yet how it is doing.',
    fine: 'Every collector reads all it should.',
    troubles: 'Collectors in trouble',
    trouble: { failing: 'Fails', hanging: 'Does not answer', limited: 'Reads part' },
    since: (age: string) => `for ${age}`,
  },
} as const;

export const SETTINGS_TEXTS = inLanguage(SETTINGS_EN, { de: SETTINGS_DE });
