import type { Texts } from '../language/texts';
import { ageWords } from '../units/duration';
import type { ACCOUNT_EN } from './account.texts';

export const ACCOUNT_DE: Texts<typeof ACCOUNT_EN> = {
  title: 'Eigenes Konto',
  may: {
    viewer: 'Sie sehen alles über Hosts und Vorfälle.',
    operator: 'Sie sehen alles und ändern Hosts, Alarme und Beitrittstokens.',
    admin: 'Sie sehen und ändern alles, auch Benutzer, API-Tokens, Kanäle und Einstellungen.',
  },
  looks: {
    heading: 'Aussehen und Sprache',
    lead: 'In diesem Browser gemerkt.',
    theme: 'Farben',
    language: 'Sprache',
    languageHint: 'Die Seite wird neu geladen.',
  },
  password: {
    heading: 'Passwort ändern',
    lead: 'Alle anderen eigenen Sitzungen enden damit.',
    current: 'Bisheriges Passwort',
    next: 'Neues Passwort',
    submit: 'Passwort ändern',
    submitting: 'Wird geändert…',
    missing: 'Beides wird gebraucht: das bisherige Passwort und das neue.',
    same: 'Das neue Passwort ist das bisherige.',
    wrong: 'Das bisherige Passwort ist falsch.',
    throttled: (seconds) =>
      seconds === null
        ? 'Zu viele falsche Passwörter. Bitte eine Minute warten und es dann noch einmal versuchen.'
        : `Zu viele falsche Passwörter. Der nächste Versuch ist in ${ageWords(seconds * 1_000)} möglich.`,
    done: 'Das Passwort ist geändert. Überall sonst sind Sie abgemeldet.',
  },
  sessions: {
    heading: 'Wo Sie angemeldet sind',
    lead: 'Ist etwas Unbekanntes dabei? Dort abmelden und das Passwort ändern.',
    loading: 'Wird geladen…',
    retry: 'Noch einmal versuchen',
    alone: 'Sonst sind Sie nirgends angemeldet.',
    current: 'dieser Browser',
    unknownDevice: 'Unbekannter Browser',
    device: (browser, system) => `${browser} auf ${system}`,
    since: (time) => `seit ${time}`,
    from: (address) => `von ${address}`,
    end: 'Abmelden',
    endOne: (device, time) => `${device}, seit ${time}, abmelden`,
    endOthers: 'Überall sonst abmelden',
    ended: 'Dort abgemeldet.',
    othersEnded: 'Überall sonst abgemeldet.',
  },
};
