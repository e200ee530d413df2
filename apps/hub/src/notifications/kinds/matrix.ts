import { createHash } from 'node:crypto';
import { z } from 'zod';
import { cutBytes } from '../message/cut';
import { headingOf, plainText, type Notice } from '../message/notice';
import { jsonRequest } from '../sending/outgoing';
import { below, secretField, serverField, textField } from './fields';
import { defineKind } from './kind';

/** An event has at most 65,536 bytes (spec.matrix.org, client-server API, "size limits"). */
const BODY_BYTES = 30_000;

/** The server takes a transaction id once, so that a message sent again appears once. */
function transactionOf({ key }: Notice): string {
  return createHash('sha256').update(key).digest('hex');
}

/**
 * Matrix: `PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}`. The body is plain text; empty `m.mentions` say that nobody is
 * mentioned, whatever stands in it.
 */
export const matrix = defineKind({
  kind: 'matrix',
  label: 'Matrix',
  digests: true,
  config: z.strictObject({
    server: serverField(),
    room: textField('Room')
      .regex(/^!\S+$/, 'expected a room id such as !abc:example.com')
      .meta({
        title: 'Room',
        description: 'Its internal id, beginning with "!"; the account must be a member',
      }),
    token: secretField('Access token'),
  }),
  destination: ['server'],
  render: (notice, { server, room, token }) => {
    const path = `_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/${transactionOf(notice)}`;
    const body = cutBytes(`${headingOf(notice)}\n\n${plainText(notice)}`, BODY_BYTES);
    const content = { msgtype: 'm.text', body, 'm.mentions': {} };
    const headers = { authorization: `Bearer ${token}` };
    return [{ ...jsonRequest(below(server, path), content, headers), method: 'PUT' }];
  },
});
