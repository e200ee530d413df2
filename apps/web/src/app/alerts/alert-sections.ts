import { ALERTS_TEXTS } from './alerts.texts';
import { PUSH_TEXTS } from './browser/push.texts';

/** A part of the alerts page with its own address. */
export interface AlertSection {
  readonly path: string;
  readonly label: string;
  readonly adminOnly: boolean;
}

/** In the order of the tabs. */
export const ALERT_SECTIONS: readonly AlertSection[] = [
  { path: 'open', label: ALERTS_TEXTS.open, adminOnly: false },
  { path: 'history', label: ALERTS_TEXTS.history, adminOnly: false },
  { path: 'rules', label: ALERTS_TEXTS.rules, adminOnly: false },
  { path: 'silences', label: ALERTS_TEXTS.silences, adminOnly: false },
  { path: 'browser', label: PUSH_TEXTS.section, adminOnly: false },
  { path: 'channels', label: ALERTS_TEXTS.channels, adminOnly: true },
];
