import { inLanguage } from '../../language/language';
import { PUSH_DE } from './push.texts.de';

/** In English; other languages have the same keys. */
export const PUSH_EN = {
  section: 'This browser',
  heading: 'Notifications in this browser',
  lead: 'Messages come also when no page is open. They are encrypted for this browser alone.',
  needsChannel:
    'Which messages come, the routes say: an administrator makes a channel of the kind “Browser notifications” for them.',
  states: {
    checking: 'Looking…',
    none: 'This browser can not do it, or the page does not come by HTTPS.',
    denied: 'Notifications of this page are blocked in the browser. Allow them in its settings.',
    off: 'This browser gets no messages.',
    on: 'This browser gets messages.',
  },
  turnOn: 'Turn on',
  turnOff: 'Turn off',
  working: 'One moment…',
  test: 'Send a test message',
  tested: 'The browser’s service has accepted it: it appears in a moment.',
  testFailed: (reason: string) => `It was not accepted: ${reason}`,
  failed: (reason: string) => `That did not work: ${reason}`,
  browsers: 'Your browsers',
  noBrowsers: 'None yet.',
  since: (time: string) => `since ${time}`,
  thisOne: 'this one',
  remove: 'Remove',
  removeOf: (name: string) => `Remove: ${name}`,
  browserOn: (browser: string, system: string) => `${browser} on ${system}`,
  unknownBrowser: 'Browser',
  unknownSystem: 'an unknown system',
} as const;

export const PUSH_TEXTS = inLanguage(PUSH_EN, { de: PUSH_DE });
