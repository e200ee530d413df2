import type { Texts } from '../../language/texts';
import type { ALARM_EN } from './alarm.texts';

export const ALARM_DE: Texts<typeof ALARM_EN> = {
  group: 'Was bei einem Alarm geschieht',
  sound: 'Ton bei Alarmen',
  soundOn: 'Der Ton ist an',
  soundOff: 'Der Ton ist aus',
  soundWaits: 'Der Ton ist an, sobald hier geklickt oder getippt wird: der Browser will es so',
  notices: 'Mitteilungen des Browsers bei Alarmen',
  noticesOn: 'Mitteilungen sind an',
  noticesOff: 'Mitteilungen sind aus',
  noticesDenied: 'Mitteilungen sind in diesem Browser für diese Seite gesperrt',
  resolved: (title) => `Behoben: ${title}`,
};
