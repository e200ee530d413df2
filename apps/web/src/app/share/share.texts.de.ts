import type { Texts } from '../language/texts';
import type { SHARE_EN } from './share.texts';

export const SHARE_DE: Texts<typeof SHARE_EN> = {
  title: 'Diese Ansicht teilen',
  lead: 'Wer den Link hat, sieht diese Ansicht und alle Hosts, ohne Konto, und ändert nichts. Er passt für einen Bildschirm an der Wand.',
  name: 'Name',
  nameHint: 'Wofür er ist: Wand im Büro',
  kiosk: 'Nur die Hosts, ohne Leiste und Knöpfe',
  expiry: 'Gültig',
  expiries: [
    { label: 'bis er widerrufen wird', value: null },
    { label: '1 Tag', value: 86_400_000 },
    { label: '30 Tage', value: 2_592_000_000 },
    { label: '1 Jahr', value: 31_536_000_000 },
  ],
  create: 'Link machen',
  once: 'Jetzt kopieren: Er wird nur dieses eine Mal gezeigt.',
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyFailed: 'Dieser Browser kopiert nicht von selbst: Link markieren und kopieren.',
  links: 'Links, die es gibt',
  none: 'Noch keine.',
  until: (time) => `bis ${time}`,
  used: (time) => `zuletzt benutzt ${time}`,
  unused: 'nie benutzt',
  revoke: 'Widerrufen',
  revokeNamed: (name) => `${name} widerrufen`,
  close: 'Schließen',
  nameMissing: 'Ein Name wird gebraucht.',
  page: {
    title: 'Geteilte Ansicht',
    opening: 'Die Ansicht wird geöffnet…',
    failed: 'Dieser Link öffnet nichts',
    signedIn: (name) =>
      `In diesem Browser ist ${name} angemeldet. Wer den Link öffnet, meldet sich hier ab.`,
    open: 'Trotzdem öffnen',
    stay: 'Angemeldet bleiben',
    incomplete: 'Der Adresse fehlt der Teil hinter dem #: bitte den ganzen Link kopieren.',
  },
};
