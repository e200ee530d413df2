import { count } from '../language/count';
import { inLanguage } from '../language/language';
import { COMPARE_DE } from './compare.texts.de';

/** In English; other languages have the same keys. */
export const COMPARE_EN = {
  title: 'Compare',
  lead: 'Any metrics of any hosts side by side. Saved as a board, for yourself or for everybody.',
  boards: 'Board',
  noBoard: 'New board',
  ownBoards: 'Your boards',
  sharedBoards: 'Shared boards',
  sharedBy: (name: string, owner: string) => `${name} (by ${owner})`,
  name: 'Name of the board',
  shared: 'Shared with everybody',
  save: 'Save board',
  saving: 'Saving…',
  saved: 'The board is saved.',
  remove: 'Remove board',
  removed: 'The board is removed.',
  sureRemove: 'Really remove?',
  addChart: 'Add a chart',
  emptyHeading: 'Nothing to compare yet',
  emptyLead:
    'Choose the metrics and hosts of a first chart. The charts of a board stay together under one name.',
  missing: 'There is no such board, or it is somebody else’s own.',
  edit: (chart: string) => `Change ${chart}`,
  removeChart: (chart: string) => `Remove ${chart}`,
  failed: (reason: string) => `The values are missing: ${reason}`,
  failedAction: (reason: string) => `That did not work: ${reason}`,
  retry: 'Try again',
  loading: 'Loading…',
  nothing: 'No data in this range',
  right: 'on the right',
  manyUnits:
    'A chart has two axes. These values are of three units or more: each has a plot of its own.',
  top: (hosts: number) => `The ${count(hosts)} hosts with most`,
  unknownHost: 'removed host',
  series: (host: string, label: string) => `${host} · ${label}`,
  more: (lines: number) => `and ${count(lines)} more, with less in them`,
  alone: (line: string) => `${line}: show it alone, or all again`,
  editor: {
    title: 'Chart',
    name: 'Title',
    metrics: 'Metrics',
    findMetric: 'Find a metric',
    hosts: 'Hosts',
    findHost: 'Find a host',
    chosen: 'Chosen hosts',
    top: 'The hosts with most of the first metric',
    howMany: 'How many',
    cancel: 'Cancel',
    done: 'Show',
    noMetric: 'Choose at least one metric.',
    tooMany: 'At most 8 metrics are shown in one chart.',
    noHost: 'Choose at least one host, or the hosts with most.',
    tooManyHosts: 'At most 50 hosts are shown in one chart.',
  },
} as const;

export const COMPARE_TEXTS = inLanguage(COMPARE_EN, { de: COMPARE_DE });
