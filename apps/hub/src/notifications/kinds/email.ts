import { createHash } from 'node:crypto';
import { z } from 'zod';
import { cut } from '../message/cut';
import {
  factsOf,
  headingOf,
  plainText,
  textOf,
  worstOf,
  type Notice,
  type Tone,
} from '../message/notice';
import type { MailOutgoing } from '../sending/outgoing';
import { secretField, textField } from './fields';
import { defineKind } from './kind';

/** RFC 5322 asks for lines of at most 998 characters; a subject that people read is shorter. */
const SUBJECT = 200;

const COLOURS: Readonly<Record<Tone, string>> = {
  critical: '#c62828',
  warning: '#b26a00',
  info: '#1565c0',
  resolved: '#2e7d32',
};

/** One address, as a person writes it. Angle brackets with a name before them are taken too. */
const MailAddress = z
  .string()
  .trim()
  .max(320)
  .regex(
    /^([^<>\r\n,;"]{0,100}<[^\s<>@,;"]+@[^\s<>@,;"]+>|[^\s<>@,;"]+@[^\s<>@,;"]+)$/,
    'expected an address such as ops@example.com',
  );

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function htmlOf(notice: Notice): string {
  const rows = factsOf(notice).map(
    ({ label, value }) =>
      `<tr><td style="padding:2px 16px 2px 0;color:#666">${escape(label)}</td><td>${escape(value)}</td></tr>`,
  );
  const link =
    notice.link === null ? '' : `<p><a href="${escape(notice.link)}">Open in Hostdeck</a></p>`;
  return [
    '<!doctype html><html><body style="font-family:sans-serif;font-size:14px">',
    `<h2 style="font-size:18px;border-left:4px solid ${COLOURS[worstOf(notice)]};padding-left:12px">${escape(headingOf(notice))}</h2>`,
    `<p style="white-space:pre-line">${escape(textOf(notice))}</p>`,
    rows.length === 0 ? '' : `<table style="border-collapse:collapse">${rows.join('')}</table>`,
    link,
    '</body></html>',
  ].join('\n');
}

/** An id made of a key: the same for a mail that is sent again, so that mailboxes can tell. */
function mailId(key: string): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@hostdeck>`;
}

/** E-mail through an SMTP server, as text and HTML; what is said of one incident hangs together as a thread. */
export const email = defineKind({
  kind: 'email',
  label: 'E-mail',
  digests: true,
  config: z.strictObject({
    host: textField('SMTP server')
      .regex(/^[\w.:-]+$/, 'expected a name such as smtp.example.com')
      .meta({
        title: 'SMTP server',
      }),
    port: z.number().int().min(1).max(65_535).default(587).meta({ title: 'Port' }),
    encryption: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .meta({ title: 'Encryption', description: 'tls: from the start, usually port 465' }),
    verifyCertificate: z.boolean().default(true).meta({ title: 'Only with a trusted certificate' }),
    username: textField('User name', 'Where the server asks for one').optional(),
    password: secretField('Password').optional(),
    from: MailAddress.meta({ title: 'From' }),
    to: z.array(MailAddress).min(1, 'is needed').max(50).meta({ title: 'To' }),
  }),
  destination: ['host', 'port', 'encryption', 'verifyCertificate'],
  render: (notice, config) => {
    const { username, password } = config;
    const [first] = notice.messages;
    const thread = notice.messages.length === 1 ? mailId(`incident ${first.incidentId}`) : null;
    const outgoing: MailOutgoing = {
      type: 'mail',
      part: '',
      server: {
        host: config.host,
        port: config.port,
        encryption: config.encryption,
        verifyCertificate: config.verifyCertificate,
        login: username === undefined ? null : { username, password: password ?? '' },
      },
      mail: {
        from: config.from,
        to: config.to,
        subject: cut(headingOf(notice), SUBJECT),
        text: plainText(notice),
        html: htmlOf(notice),
        messageId: mailId(notice.key),
        inReplyTo: thread,
      },
    };
    return [outgoing];
  },
});
