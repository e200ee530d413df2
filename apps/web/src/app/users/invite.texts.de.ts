import type { Texts } from '../language/texts';
import type { INVITE_EN } from './invite.texts';

export const INVITE_DE: Texts<typeof INVITE_EN> = {
  title: 'Passwort wählen',
  lead: 'Damit geht die Anmeldung von nun an. Niemand sonst kennt es.',
  checking: 'Der Link wird geprüft…',
  checkingLead: 'Der Hub sagt, für wen er ist.',
  username: 'Benutzername',
  password: 'Neues Passwort',
  submit: 'Passwort festlegen und anmelden',
  submitting: 'Passwort wird festgelegt…',
  over: {
    title: 'Dieser Link gilt nicht mehr',
    lead: 'Er wurde benutzt, ist abgelaufen oder durch einen neueren ersetzt. Einen neuen gibt es bei der Verwaltung; wer schon ein Passwort hat, meldet sich damit an.',
  },
  incomplete: {
    title: 'Dieser Link ist nicht vollständig',
    lead: 'Der Teil nach dem # fehlt oder wurde verändert. Bitte den ganzen Link noch einmal kopieren oder bei der Verwaltung einen neuen holen.',
  },
  unknown: {
    title: 'Der Link konnte nicht geprüft werden',
    lead: 'Er gilt wie zuvor; bitte gleich noch einmal versuchen.',
  },
  signIn: 'Zur Anmeldung',
  retry: 'Noch einmal versuchen',
};
