import { z } from 'zod';
import { cutBytes } from '../message/cut';
import { headingOf, plainText, worstOf, type Tone } from '../message/notice';
import { jsonRequest } from '../sending/outgoing';
import { secretField, serverField } from './fields';
import { defineKind } from './kind';

/** A message of more than 4,096 bytes becomes an attachment, a title is cut at 250 (docs.ntfy.sh/publish). */
const MESSAGE_BYTES = 4_000;
const TITLE_BYTES = 250;

const PRIORITIES: Readonly<Record<Tone, number>> = {
  critical: 5,
  warning: 4,
  info: 3,
  resolved: 3,
};
const SIGNS: Readonly<Record<Tone, string>> = {
  critical: 'rotating_light',
  warning: 'warning',
  info: 'information_source',
  resolved: 'white_check_mark',
};

/** ntfy, published as JSON (docs.ntfy.sh/publish/#publish-as-json): everything is plain text unless Markdown is asked for. */
export const ntfy = defineKind({
  kind: 'ntfy',
  label: 'ntfy',
  digests: true,
  config: z.strictObject({
    server: serverField('https://ntfy.sh'),
    topic: z
      .string()
      .trim()
      .regex(/^[\w-]{1,64}$/, 'a topic has up to 64 letters, digits, _ or -')
      .meta({ title: 'Topic', description: 'Whoever knows it can read along', writeOnly: true }),
    token: secretField('Access token', 'Where the topic needs one').optional(),
  }),
  destination: ['server'],
  render: (notice, { server, topic, token }) => [
    jsonRequest(
      server,
      {
        topic,
        title: cutBytes(headingOf(notice), TITLE_BYTES),
        message: cutBytes(plainText({ ...notice, link: null }), MESSAGE_BYTES),
        priority: PRIORITIES[worstOf(notice)],
        tags: [SIGNS[worstOf(notice)]],
        ...(notice.link === null ? {} : { click: notice.link }),
      },
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    ),
  ],
});
