import type { Texts } from '../language/texts';
import { ageWords } from '../units/duration';
import type { SESSION_EN } from './session.texts';

export const SESSION_DE: Texts<typeof SESSION_EN> = {
  signIn: {
    title: 'Anmelden',
    lead: 'Alle Maschinen des Teams, live.',
    username: 'Benutzername',
    password: 'Passwort',
    submit: 'Anmelden',
    submitting: 'Anmeldung läuft…',
    wrong: 'Benutzername oder Passwort ist falsch.',
    throttled: (seconds) =>
      seconds === null
        ? 'Zu viele Versuche. Bitte eine Minute warten und es dann noch einmal versuchen.'
        : `Zu viele Versuche. Der nächste ist in ${ageWords(seconds * 1_000)} möglich.`,
    missing: 'Beides wird gebraucht.',
  },
  setUp: {
    title: 'Hostdeck einrichten',
    lead: 'Hier entsteht das erste Konto für die Verwaltung. Der Einmalcode steht in der Ausgabe des Hubs.',
    code: 'Einmalcode',
    username: 'Benutzername',
    password: 'Passwort',
    passwordHint: 'Mindestens 8 Zeichen; am besten ein paar zufällige Wörter.',
    submit: 'Konto anlegen',
    submitting: 'Wird angelegt…',
    missing: 'Code, Benutzername und Passwort werden gebraucht.',
    short: 'Das Passwort hat mindestens 8 Zeichen.',
  },
  showPassword: 'Passwort zeigen',
  hidePassword: 'Passwort verbergen',
};
