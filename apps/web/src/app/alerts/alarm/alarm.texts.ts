import { inLanguage } from '../../language/language';
import { ALARM_DE } from './alarm.texts.de';

/** In English; other languages have the same keys. */
export const ALARM_EN = {
  group: 'What happens at an alarm',
  sound: 'Sound at alarms',
  soundOn: 'The sound is on',
  soundOff: 'The sound is off',
  soundWaits: 'The sound is on as soon as somebody clicks or types here: the browser wants it so',
  notices: 'Browser notifications at alarms',
  noticesOn: 'Notifications are on',
  noticesOff: 'Notifications are off',
  noticesDenied: 'Notifications of this page are blocked in this browser',
  resolved: (title: string) => `Resolved: ${title}`,
} as const;

export const ALARM_TEXTS = inLanguage(ALARM_EN, { de: ALARM_DE });
