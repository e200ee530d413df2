import { inLanguage } from '../language/language';
import { SHARE_DE } from './share.texts.de';

/** In English; other languages have the same keys. */
export const SHARE_EN = {
  title: 'Share this view',
  lead: 'Whoever has the link sees this view and every host, without an account, and changes nothing. It suits a screen on a wall.',
  name: 'Name',
  nameHint: 'What it is for: wall in the office',
  kiosk: 'Only the hosts, without bar and buttons',
  expiry: 'Valid',
  expiries: [
    { label: 'until it is revoked', value: null },
    { label: '1 day', value: 86_400_000 },
    { label: '30 days', value: 2_592_000_000 },
    { label: '1 year', value: 31_536_000_000 },
  ],
  create: 'Make the link',
  once: 'Copy it now: it is shown this once.',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'This browser does not copy by itself: select the link and copy it.',
  links: 'Links there are',
  none: 'None yet.',
  until: (time: string) => `until ${time}`,
  used: (time: string) => `last used ${time}`,
  unused: 'never used',
  revoke: 'Revoke',
  revokeNamed: (name: string) => `Revoke ${name}`,
  close: 'Close',
  nameMissing: 'A name is needed.',
  page: {
    title: 'Shared view',
    opening: 'The view is being opened…',
    failed: 'This link opens nothing',
    signedIn: (name: string) =>
      `You are signed in as ${name}. Opening the link signs you out in this browser.`,
    open: 'Open it anyway',
    stay: 'Stay signed in',
    incomplete: 'The address lacks the part behind the #: copy the whole link.',
  },
} as const;

export const SHARE_TEXTS = inLanguage(SHARE_EN, { de: SHARE_DE });
