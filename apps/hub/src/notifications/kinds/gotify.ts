import { z } from 'zod';
import { cut } from '../message/cut';
import { headingOf, plainText, worstOf, type Tone } from '../message/notice';
import { jsonRequest } from '../sending/outgoing';
import { below, secretField, serverField } from './fields';
import { defineKind } from './kind';

/** Gotify itself has no limit; its clients are spared. */
const TITLE = 300;
const MESSAGE = 10_000;

/** From 8 on the phone rings, from 4 on it makes a sound (github.com/gotify/android, "message priorities"). */
const PRIORITIES: Readonly<Record<Tone, number>> = {
  critical: 8,
  warning: 6,
  info: 2,
  resolved: 4,
};

/** Gotify: gotify.net/docs/pushmsg, gotify.net/docs/msgextras. */
export const gotify = defineKind({
  kind: 'gotify',
  label: 'Gotify',
  digests: true,
  config: z.strictObject({ server: serverField(), token: secretField('Application token') }),
  destination: ['server'],
  render: (notice, { server, token }) => [
    jsonRequest(
      below(server, 'message'),
      {
        title: cut(headingOf(notice), TITLE),
        message: cut(plainText({ ...notice, link: null }), MESSAGE),
        priority: PRIORITIES[worstOf(notice)],
        extras: {
          'client::display': { contentType: 'text/plain' },
          ...(notice.link === null
            ? {}
            : { 'client::notification': { click: { url: notice.link } } }),
        },
      },
      { 'x-gotify-key': token },
    ),
  ],
});
