import { inLanguage } from '../language/language';
import { INVITE_DE } from './invite.texts.de';

/** In English; other languages have the same keys. */
export const INVITE_EN = {
  title: 'Choose a password',
  lead: 'With it you sign in from now on. Nobody else knows it.',
  checking: 'Checking the link…',
  checkingLead: 'The hub says whom it is for.',
  username: 'User name',
  password: 'New password',
  submit: 'Set password and sign in',
  submitting: 'Setting the password…',
  over: {
    title: 'This link is no longer valid',
    lead: 'It was used, it has expired, or a newer one was made. Ask an administrator for a new link; if you have set a password already, sign in.',
  },
  incomplete: {
    title: 'This link is not complete',
    lead: 'The part after the # is missing or was changed. Copy the whole link once more, or ask an administrator for a new one.',
  },
  unknown: {
    title: 'The link could not be checked',
    lead: 'It is as valid as before; try again in a moment.',
  },
  signIn: 'Go to sign-in',
  retry: 'Try again',
} as const;

export const INVITE_TEXTS = inLanguage(INVITE_EN, { de: INVITE_DE });
