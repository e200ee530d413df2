import { count } from '../language/count';
import { inLanguage } from '../language/language';
import { EXPORT_DE } from './export.texts.de';

/** In English; other languages have the same keys. */
export const EXPORT_EN = {
  title: 'Export',
  host: (name: string) =>
    `The history of ${name} as a file: every sample as long as the hub keeps them, means of steps before that.`,
  fleet:
    'The history of the fleet as a file: every sample as long as the hub keeps them, means of steps before that.',
  scope: 'Hosts',
  wholeFleet: (hosts: number) => `The whole fleet (${count(hosts)})`,
  shownHosts: (hosts: number) => `Only those shown (${count(hosts)})`,
  thisHost: 'This host',
  span: 'Time',
  shownSpan: (span: string) => `As shown: ${span}`,
  lastSpan: (span: string) => `Last ${span}`,
  between: (from: string, to: string) => `${from} – ${to}`,
  metrics: 'Metrics',
  pageMetrics: 'Those of this page',
  cardMetrics: 'Those on the cards',
  allMetrics: 'All metrics',
  format: 'Format',
  formats: [
    { value: 'csv', label: 'CSV table' },
    { value: 'json', label: 'JSON lines' },
  ],
  save: 'Save the file',
  close: 'Close',
  cancel: 'Cancel',
  progress: 'Export under way',
  running: (bytes: string) => `${bytes} so far`,
  done: (bytes: string) => `Saved: ${bytes}.`,
  cancelled: 'Cancelled. Nothing was saved.',
  failed: (reason: string) => `The export failed, and nothing was saved: ${reason}`,
  script: 'For scripts',
  scriptHint: 'TOKEN is an API token; administrators make them under Users.',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'This browser does not copy by itself: select the command and copy it.',
} as const;

export const EXPORT_TEXTS = inLanguage(EXPORT_EN, { de: EXPORT_DE });
