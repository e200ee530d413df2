import type { Texts } from '../language/texts';
import type { TOKENS_EN } from './tokens.texts';

export const TOKENS_DE: Texts<typeof TOKENS_EN> = {
  heading: 'API-Tokens',
  lead: 'Für Skripte und andere Programme, gesendet als „Authorization: Bearer“. Ein Token gehört niemandem: Es gilt, bis es widerrufen wird.',
  none: 'Noch keine Tokens.',
  loading: 'Die Tokens werden geladen…',
  retry: 'Noch einmal versuchen',
  add: 'Neues Token',
  name: 'Bezeichnung',
  nameHint: 'Wofür es ist: nächtlicher Export',
  noName: 'Eine Bezeichnung wird gebraucht.',
  role: 'Rolle',
  roleHint: '„Nur lesen“ sieht alles über Hosts und Vorfälle.',
  save: 'Token erzeugen',
  cancel: 'Abbrechen',
  once: (name) => `Das ist das Token „${name}“. Es wird nur jetzt gezeigt.`,
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyFailed: 'Dieser Browser kopiert nicht von selbst: Token markieren und kopieren.',
  made: (time) => `erzeugt ${time}`,
  used: (time) => `zuletzt benutzt ${time}`,
  unused: 'nie benutzt',
  revoke: 'Widerrufen',
  revokeOne: (name) => `Das Token ${name} widerrufen`,
  revokeSure: (name) => `Was ${name} benutzt, wird von da an abgewiesen. Widerrufen?`,
};
