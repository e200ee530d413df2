import { z } from 'zod';
import { cut } from '../message/cut';
import { factsOf, headingOf, textOf, type Notice } from '../message/notice';
import { jsonRequest } from '../sending/outgoing';
import { secretAddressField } from './fields';
import { defineKind } from './kind';

/** Slack's three control characters (docs.slack.dev, "Formatting message text"): without them there are no mentions and no links. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Block Kit: a header has 150 characters, a text 3,000. Escapes count, so that text is cut well below. */
const HEADER = 150;
const TEXT = 3_000;

/** Plain text objects know no markup: stars and underlines in a name stay what they are. */
function plain(text: string, most: number) {
  let kept = text;
  while (escape(kept).length > most) kept = cut(kept, Math.floor(kept.length * 0.8));
  return { type: 'plain_text', text: escape(kept) || ' ', emoji: false };
}

function blocksOf(notice: Notice): object[] {
  const facts = factsOf(notice)
    .map(({ label, value }) => `${label}: ${value}`)
    .join('\n');
  const section = (text: string) =>
    text === '' ? [] : [{ type: 'section', text: plain(text, TEXT) }];
  // Our own link: an address of the configuration and a path of ours.
  const link =
    notice.link === null
      ? []
      : [
          {
            type: 'section',
            text: { type: 'mrkdwn', text: `<${escape(notice.link)}|Open in Hostdeck>` },
          },
        ];
  return [
    { type: 'header', text: plain(headingOf(notice), HEADER) },
    ...section(textOf(notice)),
    ...section(facts),
    ...link,
  ];
}

/** Slack, and what takes the same: Mattermost, Rocket.Chat. Incoming webhooks: docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. */
export const slack = defineKind({
  kind: 'slack',
  label: 'Slack',
  digests: true,
  config: z.strictObject({
    url: secretAddressField('Webhook address', 'Of an incoming webhook'),
  }),
  destination: [],
  render: (notice, { url }) => [
    jsonRequest(url, {
      // Shown where blocks are not, in notifications.
      text: escape(cut(headingOf(notice), 1_000)),
      blocks: blocksOf(notice),
    }),
  ],
});
