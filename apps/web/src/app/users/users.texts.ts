import { inLanguage } from '../language/language';
import { USERS_DE } from './users.texts.de';

/** In English; other languages have the same keys. */
export const USERS_EN = {
  title: 'Users',
  lead: 'Who can sign in, and what they may do. What you change holds at once, on open pages too.',
  adminsOnly: {
    heading: 'Only administrators see the users',
    lead: 'Ask one of them when somebody is to be added or changed.',
  },
  loading: 'Loading…',
  retry: 'Try again',
  add: 'Invite a user',
  form: {
    heading: 'Invite a user',
    name: 'User name',
    nameHint: 'They sign in with it.',
    noName: 'A user name is needed.',
    role: 'Role',
    roleHint: 'Operators also change hosts and alerts, administrators also people.',
    save: 'Make the link',
    cancel: 'Cancel',
  },
  you: 'you',
  status: { active: '', invited: 'has set no password yet', disabled: 'disabled' },
  never: 'never signed in',
  lastSignIn: (time: string) => `last signed in ${time}`,
  roleOf: (name: string) => `Role of ${name}`,
  newLink: 'New link',
  newLinkFor: (name: string) => `New link for ${name} to set a password`,
  signOut: 'Sign out',
  signOutOne: (name: string) => `Sign out ${name} everywhere`,
  signedOut: (name: string) => `${name} is signed out everywhere.`,
  disable: 'Disable',
  disableOne: (name: string) => `Disable ${name}`,
  enable: 'Enable',
  enableOne: (name: string) => `Enable ${name}`,
  remove: 'Remove',
  removeOne: (name: string) => `Remove ${name}`,
  removeSure: (name: string) => `Remove ${name} and end all sessions?`,
  cancel: 'Cancel',
  link: {
    lead: (name: string, until: string) =>
      `Pass this link on to ${name}. It sets a password once, is valid until ${until}, and is shown only now.`,
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'It could not be copied: select it and copy it by hand.',
  },
} as const;

export const USERS_TEXTS = inLanguage(USERS_EN, { de: USERS_DE });
