import { inLanguage } from '../language/language';
import { ageWords } from '../units/duration';
import { ACCOUNT_DE } from './account.texts.de';

/** In English; other languages have the same keys. */
export const ACCOUNT_EN = {
  title: 'Your account',
  may: {
    viewer: 'You see everything about hosts and incidents.',
    operator: 'You see everything, and change hosts, alerts and join tokens.',
    admin: 'You see and change everything: people, API tokens, channels and settings too.',
  },
  looks: {
    heading: 'Looks and language',
    lead: 'Remembered in this browser.',
    theme: 'Theme',
    language: 'Language',
    languageHint: 'The page is loaded again.',
  },
  password: {
    heading: 'Change the password',
    lead: 'Your other sessions end with it.',
    current: 'Current password',
    next: 'New password',
    submit: 'Change password',
    submitting: 'Changing…',
    missing: 'Both are needed: the password you have, and the new one.',
    same: 'The new password is the one you have.',
    wrong: 'The current password is wrong.',
    throttled: (seconds: number | null) =>
      seconds === null
        ? 'Too many wrong passwords. Wait a minute, then try again.'
        : `Too many wrong passwords. Try again in ${ageWords(seconds * 1_000)}.`,
    done: 'The password is changed. You are signed out everywhere else.',
  },
  sessions: {
    heading: 'Where you are signed in',
    lead: 'Do you not know one of them? Sign it out, and change the password.',
    loading: 'Loading…',
    retry: 'Try again',
    alone: 'You are signed in nowhere else.',
    current: 'this browser',
    unknownDevice: 'Unknown browser',
    device: (browser: string, system: string) => `${browser} on ${system}`,
    since: (time: string) => `since ${time}`,
    from: (address: string) => `from ${address}`,
    end: 'Sign out',
    endOne: (device: string, time: string) => `Sign out ${device}, since ${time}`,
    endOthers: 'Sign out everywhere else',
    ended: 'Signed out there.',
    othersEnded: 'Signed out everywhere else.',
  },
} as const;

export const ACCOUNT_TEXTS = inLanguage(ACCOUNT_EN, { de: ACCOUNT_DE });
