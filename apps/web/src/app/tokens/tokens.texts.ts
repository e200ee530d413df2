import { inLanguage } from '../language/language';
import { TOKENS_DE } from './tokens.texts.de';

/** In English; other languages have the same keys. */
export const TOKENS_EN = {
  heading: 'API tokens',
  lead: 'For scripts and other programs, sent as “Authorization: Bearer”. A token belongs to nobody: it works until it is revoked.',
  none: 'No tokens yet.',
  loading: 'Loading the tokens…',
  retry: 'Try again',
  add: 'New token',
  name: 'Name',
  nameHint: 'What it is for: nightly export',
  noName: 'A name is needed.',
  role: 'Role',
  roleHint: 'A viewer reads everything about hosts and incidents.',
  save: 'Make the token',
  cancel: 'Cancel',
  once: (name: string) => `This is the token “${name}”. It is shown only now.`,
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'This browser does not copy by itself: select the token and copy it.',
  made: (time: string) => `made ${time}`,
  used: (time: string) => `last used ${time}`,
  unused: 'never used',
  revoke: 'Revoke',
  revokeOne: (name: string) => `Revoke the token ${name}`,
  revokeSure: (name: string) => `Whatever uses ${name} is turned away from then on. Revoke it?`,
} as const;

export const TOKENS_TEXTS = inLanguage(TOKENS_EN, { de: TOKENS_DE });
