import type { Texts } from '../language/texts';
import type { USERS_EN } from './users.texts';

export const USERS_DE: Texts<typeof USERS_EN> = {
  title: 'Benutzer',
  lead: 'Wer sich anmelden kann und was er darf. Änderungen gelten sofort, auch auf offenen Seiten.',
  adminsOnly: {
    heading: 'Nur die Verwaltung sieht die Benutzer',
    lead: 'Sie hilft weiter, wenn jemand dazukommen oder geändert werden soll.',
  },
  loading: 'Wird geladen…',
  retry: 'Noch einmal versuchen',
  add: 'Benutzer einladen',
  form: {
    heading: 'Benutzer einladen',
    name: 'Benutzername',
    nameHint: 'Damit geht die Anmeldung.',
    noName: 'Ein Benutzername wird gebraucht.',
    role: 'Rolle',
    roleHint: 'Der Betrieb ändert auch Hosts und Alarme, die Verwaltung auch Benutzer.',
    save: 'Link erzeugen',
    cancel: 'Abbrechen',
  },
  you: 'Sie',
  status: { active: '', invited: 'hat noch kein Passwort', disabled: 'gesperrt' },
  never: 'noch nie angemeldet',
  lastSignIn: (time) => `zuletzt angemeldet ${time}`,
  roleOf: (name) => `Rolle von ${name}`,
  newLink: 'Neuer Link',
  newLinkFor: (name) => `Neuer Link für ${name} zum Festlegen des Passworts`,
  signOut: 'Abmelden',
  signOutOne: (name) => `${name} überall abmelden`,
  signedOut: (name) => `${name} ist überall abgemeldet.`,
  disable: 'Sperren',
  disableOne: (name) => `${name} sperren`,
  enable: 'Entsperren',
  enableOne: (name) => `${name} entsperren`,
  remove: 'Entfernen',
  removeOne: (name) => `${name} entfernen`,
  removeSure: (name) => `${name} entfernen und alle Sitzungen beenden?`,
  cancel: 'Abbrechen',
  link: {
    lead: (name, until) =>
      `Dieser Link ist für ${name}. Er legt einmal ein Passwort fest, gilt bis ${until} und wird nur jetzt gezeigt.`,
    copy: 'Kopieren',
    copied: 'Kopiert',
    copyFailed: 'Kopieren ging nicht: bitte markieren und von Hand kopieren.',
  },
};
