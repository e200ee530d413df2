import { createHmac } from 'node:crypto';
import { CHANNEL_KINDS, type ChannelKind, type IncidentMessage } from '@hostdeck/contracts';
import { KINDS } from '../../src/notifications/kinds/kinds';
import type { Surroundings } from '../../src/notifications/kinds/kind';
import { noticeOf } from '../../src/notifications/message/notice';
import { newVapidKeys } from '../../src/notifications/push/vapid';
import type { HttpOutgoing, MailOutgoing } from '../../src/notifications/sending/outgoing';
import { message } from './messages';

/** What a host can be called, and what each part of it would do if it were markup somewhere. */
const HOSTILE =
  '@everyone <!channel> <@U1> <at>x</at> *b* _i_ `c` ~s~ [l](https://evil.example) <script>alert(1)</script> @room #tag /cmd {{link}} &amp; ${x}';
const INVISIBLE = 'a\u202eb\u0000c\ud800d\u001b[31m';

const CONFIGS: Readonly<Record<ChannelKind, object>> = {
  email: { host: 'mail.example', from: 'Hub <hub@example.com>', to: ['ops@example.com'] },
  webhook: { url: 'https://in.example/hook', secret: 'signing secret' },
  slack: { url: 'https://hooks.slack.example/services/T/B/X' },
  discord: { url: 'https://discord.example/api/webhooks/1/x' },
  teams: { url: 'https://teams.example/workflows/1?sig=x' },
  telegram: { token: '123:abc', chat: '-100' },
  ntfy: { topic: 'hostdeck', token: 'tk_1' },
  gotify: { server: 'https://gotify.example/base/', token: 'A1' },
  pagerduty: { routingKey: 'r'.repeat(32) },
  opsgenie: { apiKey: 'key' },
  matrix: { server: 'https://matrix.example', room: '!r:matrix.example', token: 'syt_1' },
  web_push: {},
};

const SURROUNDINGS: Surroundings = {
  now: 1_700_000_000_000,
  subscriptions: () =>
    Promise.resolve([
      {
        id: 'browser',
        endpoint: 'https://push.example/1',
        p256dh:
          'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
    ]),
  vapidKeys: () => Promise.resolve(newVapidKeys()),
};

const hostile = (length = 1): IncidentMessage =>
  message('key', {
    incidentId: 'incident',
    title: `Silent is ${HOSTILE} `.repeat(length),
    text: `${HOSTILE}\n${INVISIBLE}\n`.repeat(length),
    hosts: [{ id: 'a'.repeat(32), name: HOSTILE }],
    tags: [HOSTILE],
    facts: [{ label: HOSTILE, value: `${HOSTILE} `.repeat(length) }],
  });

async function render(kind: ChannelKind, ...messages: [IncidentMessage, ...IncidentMessage[]]) {
  const notice = noticeOf('key', messages, 'https://hub.example.com');
  return KINDS[kind].render(notice, CONFIGS[kind], SURROUNDINGS);
}

async function request(kind: ChannelKind, ...messages: [IncidentMessage, ...IncidentMessage[]]) {
  const [first] = await render(kind, ...messages);
  return first as HttpOutgoing;
}

async function json(kind: ChannelKind, ...messages: [IncidentMessage, ...IncidentMessage[]]) {
  const { body } = await request(kind, ...messages);
  return JSON.parse(String(body)) as Record<string, unknown>;
}

/** Every string in a value. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...strings(inner)]);
}

describe.each(CHANNEL_KINDS.filter((kind) => kind !== 'email' && kind !== 'web_push'))(
  'a message to %s',
  (kind) => {
    it('is legible whatever a host is called', async () => {
      const texts = strings(await json(kind, hostile()));
      expect(texts.some((text) => /[\u0000\u001b\u202e]/.test(text))).toBe(false);
      expect(texts.every((text) => text.isWellFormed())).toBe(true);
      expect(texts.some((text) => text.includes('Silent is'))).toBe(true);
    });

    it('stays within what the service takes', async () => {
      const { body } = await request(kind, hostile(500));
      expect(Buffer.byteLength(body)).toBeLessThan(kind === 'webhook' ? 400_000 : 64_000);
    });
  },
);

describe('hostile names', () => {
  it('mention nobody and are no markup in Slack', async () => {
    const body = await json('slack', hostile());
    const { blocks, text } = body as {
      blocks: { text: { type: string; text: string } }[];
      text: string;
    };
    const own = '<https://hub.example.com/alerts/incidents/incident|Open in Hostdeck>';
    for (const { text: block } of blocks) {
      if (block.type === 'mrkdwn') expect(block.text).toBe(own);
      else expect(block.text).not.toMatch(/[<>]/);
    }
    expect(text).toContain('&lt;!channel&gt;');
    expect(text).not.toMatch(/[<>]/);
    expect(blocks[0]?.text.text.length).toBeLessThanOrEqual(150);
  });

  it('stay within the limits of Slack when every character is escaped', async () => {
    const body = await json(
      'slack',
      message('key', { title: '<'.repeat(500), text: '&'.repeat(9_000) }),
    );
    const { blocks } = body as { blocks: { type: string; text: { text: string } }[] };
    expect(blocks[0]?.text.text.length).toBeLessThanOrEqual(150);
    expect(blocks[1]?.text.text.length).toBeLessThanOrEqual(3_000);
  });

  it('mention nobody and are no markup in Discord, and keep to its limits', async () => {
    const body = await json('discord', hostile(500));
    expect(body.allowed_mentions).toEqual({ parse: [] });
    const [embed] = body.embeds as {
      title: string;
      description: string;
      fields: { name: string; value: string }[];
    }[];
    expect(embed?.title).toContain('@\u2060everyone');
    expect(strings(embed).join('\n')).not.toMatch(/@everyone|<@|(?<!\\)[*_`~]/);
    expect(embed?.title.length).toBeLessThanOrEqual(256);
    expect(embed?.description.length).toBeLessThanOrEqual(4_096);
    expect(strings(embed).join('').length).toBeLessThanOrEqual(6_000);
  });

  it('are plain runs in Teams, of at most 28 KB', async () => {
    const body = await json('teams', hostile(500));
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(28_000);
    expect(JSON.stringify(body)).not.toMatch(/"TextBlock"|"FactSet"|"msteams"/);
  });

  it('are neither mentions nor commands in Telegram, and no parse mode is asked for', async () => {
    const body = await json('telegram', hostile(500));
    expect(body).not.toHaveProperty('parse_mode');
    const text = String(body.text);
    expect(text).not.toMatch(/[@#]\w/);
    expect(text.length).toBeLessThanOrEqual(4_096);
    expect(text.endsWith('https://hub.example.com/alerts/incidents/incident')).toBe(true);
  });

  it('mention nobody in Matrix', async () => {
    const body = await json('matrix', hostile());
    expect(body).toMatchObject({ msgtype: 'm.text', 'm.mentions': {} });
    expect(body).not.toHaveProperty('formatted_body');
  });

  it('are text in a mail, and end no header line', async () => {
    const [mail] = (await render('email', hostile())) as MailOutgoing[];
    expect(mail?.mail.html).not.toContain('<script>');
    expect(mail?.mail.html).toContain('&lt;script&gt;');
    const [broken] = (await render(
      'email',
      message('key', { title: 'a\r\nBcc: all@example.com' }),
    )) as MailOutgoing[];
    expect(broken?.mail.subject).not.toMatch(/[\r\n]/);
  });

  it('are not taken for placeholders, and do not break out of the JSON of a template', async () => {
    const config = {
      url: 'https://in.example',
      template:
        '{"a": "{{heading}} at {{ link }}", "n": "{{startedAt}}", "h": "{{hosts}}", "{{x": [1]}',
    };
    const notice = noticeOf('key', [message('key', { title: '", "b": "{{key}}' })], null);
    const [outgoing] = await KINDS.webhook.render(notice, config, SURROUNDINGS);
    expect(JSON.parse(String((outgoing as HttpOutgoing).body))).toEqual({
      a: 'Critical: ", "b": "{{key}} at ',
      n: 1_700_000_000_000,
      h: ['web-1'],
      '{{x': [1],
    });
  });
});

describe('what the services want', () => {
  it('is signed by a webhook over its time and body', async () => {
    const { headers, body } = await request('webhook', message('key'));
    expect(headers['hostdeck-timestamp']).toBe('1700000000');
    const mac = createHmac('sha256', 'signing secret').update(`1700000000.${String(body)}`);
    expect(headers['hostdeck-signature']).toBe(`v1=${mac.digest('hex')}`);
  });

  it('is one alert per incident in PagerDuty, which the resolution closes', async () => {
    const problem = await request('pagerduty', message('1', { incidentId: 'i' }));
    expect(problem.url).toBe('https://events.pagerduty.com/v2/enqueue');
    expect(JSON.parse(String(problem.body))).toMatchObject({
      event_action: 'trigger',
      dedup_key: 'hostdeck-i',
      payload: { severity: 'critical', source: 'web-1', timestamp: '2023-11-14T22:13:20.000Z' },
    });
    expect(
      await json('pagerduty', message('2', { incidentId: 'i', kind: 'resolved' })),
    ).toMatchObject({
      event_action: 'resolve',
      dedup_key: 'hostdeck-i',
    });
    const { payload } = (await json('pagerduty', hostile(500))) as { payload: { summary: string } };
    expect(payload.summary.length).toBeLessThanOrEqual(1_024);
  });

  it('is one alert per incident in Opsgenie, closed by its alias', async () => {
    const problem = await request('opsgenie', hostile(500));
    const alert = JSON.parse(String(problem.body)) as {
      message: string;
      tags: string[];
      alias: string;
    };
    expect(problem.headers.authorization).toBe('GenieKey key');
    expect(alert.alias).toBe('hostdeck-incident');
    expect(alert.message.length).toBeLessThanOrEqual(130);
    expect(alert.tags.every((tag) => tag.length <= 50)).toBe(true);
    const closing = await request(
      'opsgenie',
      message('2', { incidentId: 'a/b', kind: 'resolved' }),
    );
    expect(closing.url).toBe(
      'https://api.opsgenie.com/v2/alerts/hostdeck-a%2Fb/close?identifierType=alias',
    );
  });

  it('is published as JSON to ntfy, at most 4,096 bytes', async () => {
    const outgoing = await request('ntfy', hostile(500));
    const body = JSON.parse(String(outgoing.body)) as {
      message: string;
      priority: number;
      topic: string;
    };
    expect(outgoing.headers.authorization).toBe('Bearer tk_1');
    expect(body).toMatchObject({ topic: 'hostdeck', priority: 5, tags: ['rotating_light'] });
    expect(Buffer.byteLength(body.message)).toBeLessThanOrEqual(4_096);
  });

  it('is plain text to Gotify, below the path of its server', async () => {
    const outgoing = await request('gotify', message('key'));
    expect(outgoing.url).toBe('https://gotify.example/base/message');
    expect(outgoing.headers['x-gotify-key']).toBe('A1');
    expect(JSON.parse(String(outgoing.body))).toMatchObject({
      priority: 8,
      extras: { 'client::display': { contentType: 'text/plain' } },
    });
  });

  it('is put to Matrix under a transaction id that stays the same', async () => {
    const first = await request('matrix', message('key'));
    expect(first.method).toBe('PUT');
    expect(first.url).toMatch(
      /^https:\/\/matrix\.example\/_matrix\/client\/v3\/rooms\/!r%3Amatrix\.example\/send\/m\.room\.message\/[0-9a-f]{64}$/,
    );
    expect((await request('matrix', message('key'))).url).toBe(first.url);
  });

  it('is encrypted for the browser and small enough for its push service', async () => {
    const outgoing = await request('web_push', hostile(500));
    expect(outgoing.url).toBe('https://push.example/1');
    expect(outgoing.body.length).toBeLessThanOrEqual(4_096);
    expect(Buffer.from(outgoing.body).toString('latin1')).not.toContain('Silent');
    expect(outgoing.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high' });
    const [, claims = ''] =
      /^vapid t=[\w-]+\.([\w-]+)\.[\w-]+, k=B[\w-]{86}$/.exec(
        outgoing.headers.authorization ?? '',
      ) ?? [];
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: 'https://push.example',
      sub: 'https://hub.example.com',
    });
  });

  it('is told of every kind to a form, secrets marked', () => {
    expect(KINDS.email.fields).toContainEqual({
      name: 'password',
      label: 'Password',
      help: null,
      type: 'text',
      secret: true,
      required: false,
      initial: null,
      choices: [],
    });
    expect(KINDS.email.fields.map(({ name, type }) => [name, type])).toEqual([
      ['host', 'text'],
      ['port', 'number'],
      ['encryption', 'choice'],
      ['verifyCertificate', 'flag'],
      ['username', 'text'],
      ['password', 'text'],
      ['from', 'text'],
      ['to', 'list'],
    ]);
    expect(KINDS.webhook.fields.find(({ name }) => name === 'template')?.type).toBe('lines');
  });
});
