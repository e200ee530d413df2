import { count } from '../language/count';
import { inLanguage } from '../language/language';
import { HOST_DE } from './host.texts.de';

/** What is said of a part of time in which a host was in one state. */
export interface StateWords {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly length: string;
}

/** In English; other languages have the same keys. */
export const HOST_EN = {
  groupNav: 'Groups of charts',
  back: 'Fleet',
  tabs: {
    name: 'Parts of this page',
    charts: 'Charts',
    processes: 'Processes',
    settings: 'Settings',
  },
  loading: 'Loading the host…',
  loadingHistory: 'Loading history…',
  nothing: 'No data in this range',
  moreLines: (lines: number) => `and ${count(lines)} more, with less in them`,
  gauges: {
    name: 'How full everything is now',
    cpu: 'CPU',
    load: 'Load',
    ofCores: (cores: number) => (cores === 1 ? 'of 1 core' : `of ${count(cores)} cores`),
    memory: 'Memory',
    swap: 'Swap',
    filesystem: 'Fullest filesystem',
    disk: 'Busiest disk',
    cpuPressure: 'CPU pressure',
    memoryPressure: 'Memory pressure',
    ioPressure: 'I/O pressure',
  },
  span: {
    name: 'From – to',
    from: 'From',
    to: 'To',
    show: 'Show',
    wrong: 'Both times are needed, the first at least ten seconds before the second.',
  },
  noMetrics: 'The host has not sent anything yet. Its charts come with its first frame.',
  copyLink: 'Copy link',
  copied: 'Copied',
  catchingUpBy: (frames: number) =>
    `Catching up: ${count(frames)} frames that the host kept are still to come.`,
  panel: {
    menu: (chart: string) => `${chart}: table and files`,
    table: 'Show as a table',
    chart: 'Show as a chart',
    compare: 'Compare with other hosts',
    csv: 'Save as CSV',
    png: 'Save as PNG',
    alone: (line: string) => `${line}: show it alone, or all again`,
    notSaved: (reason: string) => `Nothing was saved: ${reason}`,
  },
  statistics: { now: 'now', last: 'last', min: 'min', mean: 'mean', max: 'max' },
  range: 'Time range',
  zoomed: 'Zoomed in',
  zoom: {
    name: 'Move through time',
    in: 'Zoom in',
    out: 'Zoom out',
    earlier: 'Earlier',
    later: 'Later',
  },
  zoomHint: 'Drag over a chart to zoom in, click to see who was busy',
  between: (from: string, to: string) => `${from} – ${to}`,
  backToLive: 'Back to live',
  export: 'Export',
  catchingUp: 'Catching up: what the host kept while it was cut off is coming in.',
  eventLabels: {
    rebooted: 'reboot',
    agent_restarted: 'agent restart',
    new_epoch: 'outbox lost',
    agent_version: 'agent version',
    clock_jumped: 'clock jump',
    frames_lost: 'frames lost',
    identity_cloned: 'identity cloned',
    too_old: 'too old to store',
    sampling_slowed: 'samples less',
    sampling_restored: 'samples as set',
    collector_failing: 'collector fails',
    collector_recovered: 'collector works',
  },
  strip: {
    name: 'State over the time shown',
    blind: 'Hub off',
    unknown: 'Not known',
    several: (changes: number, worst: string) =>
      `${count(changes)} changes of state, the worst: ${worst}`,
    segment: ({ what, from, to, length }: StateWords) => `${what}, ${from} – ${to} (${length})`,
  },
  events: {
    heading: 'What happened',
    loading: 'Loading what happened…',
    none: 'Nothing yet. Changes of state, restarts, reboots and lost data are listed here.',
    failed: (reason: string) => `What happened is not known: ${reason}`,
    lasting: (text: string, length: string) => `${text} for ${length}`,
    more: (events: number) => `Show ${count(events)} more`,
    show: 'Show this time in the charts',
  },
  pause: 'Pause',
  follow: 'Follow live data',
  menu: 'Change this host',
  edit: 'Rename and tag…',
  remove: 'Remove…',
  historyFailed: (reason: string) => `The history is missing: ${reason} Live data goes on.`,
  retry: 'Try again',
  missing: {
    heading: 'No such host',
    lead: 'It may have been removed, or the address is mistyped.',
    action: 'Go to the fleet',
  },
  facts: {
    os: 'System',
    kernel: 'Kernel',
    cpu: 'CPU',
    memory: 'Memory',
    swap: 'Swap',
    model: 'Machine',
    uptime: 'Uptime',
    agent: 'Agent',
    clock: 'Clock offset',
    interval: 'Interval',
  },
  cores: 'Cores',
  core: (core: string, share: string) => `Core ${core}: ${share}`,
  logical: (processors: number) =>
    processors === 1 ? '1 logical processor' : `${count(processors)} logical processors`,
  ago: (age: string) => `${age} ago`,
  never: 'no data yet',
  editDialog: {
    title: 'Rename and tag',
    name: 'Name',
    tags: 'Tags',
    tagsHint: 'Separated by commas: web, eu-west, role:db',
    cancel: 'Cancel',
    save: 'Save',
    saving: 'Saving…',
    missing: 'A host needs a name.',
  },
  removeDialog: {
    title: 'Remove this host?',
    lead: (name: string) =>
      `${name} and all its history are deleted. From then on its agent is refused, until it joins again with a new command.`,
    cancel: 'Keep it',
    remove: 'Remove the host',
    removing: 'Removing…',
  },
} as const;

export const HOST_TEXTS = inLanguage(HOST_EN, { de: HOST_DE });
