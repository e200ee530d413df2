import { z } from 'zod';
import { cut } from '../message/cut';
import { factsOf, headingOf, textOf, worstOf, type Tone } from '../message/notice';
import { jsonRequest } from '../sending/outgoing';
import { secretAddressField } from './fields';
import { defineKind } from './kind';

/** Limits of an embed (discord.com/developers/docs/resources/message#embed-object-embed-limits); 6,000 in all. */
const TITLE = 256;
const DESCRIPTION = 2_500;
const FIELD_NAME = 100;
const FIELD_VALUE = 200;
const FIELDS = 9;

const COLOURS: Readonly<Record<Tone, number>> = {
  critical: 0xd32f2f,
  warning: 0xf9a825,
  info: 0x1976d2,
  resolved: 0x388e3c,
};

/**
 * Markdown with its signs escaped. `@` and `#` and `<` begin mentions and time stamps; a word joiner behind them ends that, also where
 * `allowed_mentions` is not looked at.
 */
function escape(text: string): string {
  return text
    .replace(/[\\*_~`|>[\]()#-]/g, '\\$&')
    .replace(/[@<]/g, '$&\u2060')
    .replaceAll('://', ':\u2060//');
}

function bounded(text: string, most: number): string {
  let kept = text;
  while (escape(kept).length > most) kept = cut(kept, Math.floor(kept.length * 0.8));
  return escape(kept) || '\u200b';
}

/** Discord: discord.com/developers/docs/resources/webhook#execute-webhook. */
export const discord = defineKind({
  kind: 'discord',
  label: 'Discord',
  digests: true,
  config: z.strictObject({ url: secretAddressField('Webhook address') }),
  destination: [],
  render: (notice, { url }) => [
    jsonRequest(url, {
      allowed_mentions: { parse: [] },
      embeds: [
        {
          title: bounded(headingOf(notice), TITLE),
          description: bounded(textOf(notice), DESCRIPTION),
          color: COLOURS[worstOf(notice)],
          ...(notice.link === null ? {} : { url: notice.link }),
          fields: factsOf(notice)
            .slice(0, FIELDS)
            .map(({ label, value }) => ({
              name: bounded(label, FIELD_NAME),
              value: bounded(value, FIELD_VALUE),
              inline: true,
            })),
        },
      ],
    }),
  ],
});
