import { ageWords } from '../units/duration';
import { inLanguage } from '../language/language';
import { SESSION_DE } from './session.texts.de';

/** In English; other languages have the same keys. */
export const SESSION_EN = {
  signIn: {
    title: 'Sign in',
    lead: 'Every machine of the team, live.',
    username: 'User name',
    password: 'Password',
    submit: 'Sign in',
    submitting: 'Signing in…',
    wrong: 'User name or password is wrong.',
    throttled: (seconds: number | null) =>
      seconds === null
        ? 'Too many attempts. Wait a minute, then try again.'
        : `Too many attempts. Try again in ${ageWords(seconds * 1_000)}.`,
    missing: 'Both are needed.',
  },
  setUp: {
    title: 'Set up Hostdeck',
    lead: 'Make the first administrator. The one-time code is in the output of the hub.',
    code: 'One-time code',
    username: 'User name',
    password: 'Password',
    passwordHint: 'At least 8 characters; a few random words are best.',
    submit: 'Create administrator',
    submitting: 'Creating…',
    missing: 'Code, user name and password are needed.',
    short: 'The password has at least 8 characters.',
  },
  showPassword: 'Show password',
  hidePassword: 'Hide password',
} as const;

export const SESSION_TEXTS = inLanguage(SESSION_EN, { de: SESSION_DE });
