import type { ChannelKind } from '@hostdeck/contracts';
import type { ChannelWords } from './channel-words';

const SERVER = ['Server'] as const;
const WEBHOOK = 'Adresse des Webhooks';

/** The kinds of channels and their fields in German. */
export const CHANNEL_WORDS_DE: Readonly<Record<ChannelKind, ChannelWords>> = {
  email: {
    label: 'E-Mail',
    fields: {
      host: ['SMTP-Server'],
      port: ['Port'],
      encryption: ['Verschlüsselung', 'tls: von Anfang an, meist Port 465'],
      verifyCertificate: ['Nur mit vertrauenswürdigem Zertifikat'],
      username: ['Benutzername', 'Wo der Server einen verlangt'],
      password: ['Passwort'],
      from: ['Von'],
      to: ['An'],
    },
  },
  webhook: {
    label: 'Webhook',
    fields: {
      url: ['Adresse'],
      secret: [
        'Geheimnis für die Signatur',
        'Anfragen tragen einen damit gebildeten HMAC über Zeit und Inhalt',
      ],
      authorization: ['Authorization', 'Wert des Headers mit diesem Namen, etwa „Bearer …“'],
      template: [
        'Inhalt',
        'JSON mit Platzhaltern wie {{heading}}; leer: alles, wie in der Dokumentation',
      ],
    },
  },
  slack: { label: 'Slack', fields: { url: [WEBHOOK, 'Die eines eingehenden Webhooks'] } },
  discord: { label: 'Discord', fields: { url: [WEBHOOK] } },
  teams: {
    label: 'Microsoft Teams',
    fields: { url: [WEBHOOK, 'Die eines Workflows, der in einen Kanal oder Chat schreibt'] },
  },
  telegram: {
    label: 'Telegram',
    fields: {
      server: SERVER,
      token: ['Token des Bots', 'Wie BotFather es gibt'],
      chat: ['Chat', 'Nummer des Chats oder @Name eines öffentlichen Kanals'],
      topic: ['Thema', 'Nummer eines Themas in einer Gruppe, die welche hat'],
    },
  },
  ntfy: {
    label: 'ntfy',
    fields: {
      server: SERVER,
      topic: ['Thema', 'Wer es kennt, kann mitlesen'],
      token: ['Zugriffstoken', 'Wo das Thema eines verlangt'],
    },
  },
  gotify: { label: 'Gotify', fields: { server: SERVER, token: ['Token der Anwendung'] } },
  pagerduty: {
    label: 'PagerDuty',
    fields: {
      server: SERVER,
      routingKey: [
        'Integrationsschlüssel',
        'Der einer Integration eines Dienstes über die Events API v2',
      ],
    },
  },
  opsgenie: {
    label: 'Opsgenie',
    fields: { server: SERVER, apiKey: ['API-Schlüssel', 'Der einer API-Integration'] },
  },
  matrix: {
    label: 'Matrix',
    fields: {
      server: SERVER,
      room: ['Raum', 'Seine interne Id, beginnt mit „!“; das Konto muss Mitglied sein'],
      token: ['Zugriffstoken'],
    },
  },
  web_push: { label: 'Browser-Mitteilungen', fields: {} },
};
