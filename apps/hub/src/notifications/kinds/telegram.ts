import { z } from 'zod';
import { cut } from '../message/cut';
import { headingOf, plainText, worstOf } from '../message/notice';
import { jsonRequest } from '../sending/outgoing';
import { below, secretField, serverField, textField } from './fields';
import { defineKind } from './kind';

/** `sendMessage` takes 4,096 characters (core.telegram.org/bots/api#sendmessage). */
const TEXT = 4_096;

/**
 * Without a parse mode nothing is markup, but Telegram still finds mentions, commands, tags and addresses by itself; a word joiner ends
 * that. Our own link at the end stays one.
 */
function inert(text: string): string {
  return text.replace(/[@#/](?=\w)/g, '$&\u2060').replaceAll('://', ':\u2060//');
}

/** Telegram, through a bot. */
export const telegram = defineKind({
  kind: 'telegram',
  label: 'Telegram',
  digests: true,
  config: z.strictObject({
    server: serverField('https://api.telegram.org'),
    token: secretField('Bot token', 'As BotFather gives it')
      .regex(/^\d+:[\w-]+$/, 'expected a token such as 123456:ABC-DEF')
      .meta({ title: 'Bot token', description: 'As BotFather gives it', writeOnly: true }),
    chat: textField('Chat', 'Number of the chat, or @name of a public channel')
      .regex(/^(-?\d{1,20}|@\w{1,64})$/, 'expected a number or @name')
      .meta({ title: 'Chat', description: 'Number of the chat, or @name of a public channel' }),
    topic: z
      .number()
      .int()
      .positive()
      .optional()
      .meta({ title: 'Topic', description: 'Number of a topic in a group that has them' }),
  }),
  destination: ['server'],
  render: (notice, { server, token, chat, topic }) => {
    const link = notice.link === null ? '' : `\n\n${notice.link}`;
    const words = inert(`${headingOf(notice)}\n\n${plainText({ ...notice, link: null })}`);
    return [
      jsonRequest(below(server, `bot${token}/sendMessage`), {
        chat_id: chat,
        ...(topic === undefined ? {} : { message_thread_id: topic }),
        text: cut(words.trimEnd(), TEXT - link.length) + link,
        disable_notification: worstOf(notice) === 'info',
        link_preview_options: { is_disabled: true },
      }),
    ];
  },
});
