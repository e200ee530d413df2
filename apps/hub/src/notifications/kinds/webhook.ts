import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { headingOf, textOf, worstOf, type Notice } from '../message/notice';
import type { HttpOutgoing } from '../sending/outgoing';
import { addressField, secretField } from './fields';
import { defineKind } from './kind';
import { complaintAbout, fillTemplate, messagesOf } from './webhook-template';

/** Names of the headers that receivers check; `docs/notifications.md` shows how. */
export const TIMESTAMP_HEADER = 'hostdeck-timestamp';
export const SIGNATURE_HEADER = 'hostdeck-signature';

function bodyOf(notice: Notice): string {
  return JSON.stringify({
    version: 1,
    key: notice.key,
    heading: headingOf(notice),
    text: textOf(notice),
    status: worstOf(notice) === 'resolved' ? 'resolved' : 'firing',
    link: notice.link,
    messages: messagesOf(notice),
  });
}

/** HMAC SHA-256 over `timestamp.body`: who has the secret knows that it is ours, and when it was sent. */
function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

/** Any receiver of JSON. */
export const webhook = defineKind({
  kind: 'webhook',
  label: 'Webhook',
  digests: true,
  config: z.strictObject({
    url: addressField().meta({ title: 'Address' }),
    secret: secretField(
      'Signing secret',
      'Requests carry an HMAC of their time and body made with it',
    ).optional(),
    authorization: secretField(
      'Authorization',
      'Value of the header of that name, such as "Bearer …"',
    ).optional(),
    template: z
      .string()
      .max(20_000)
      .superRefine((text, context) => {
        const complaint = text.trim() === '' ? null : complaintAbout(text);
        if (complaint !== null) context.addIssue(complaint);
      })
      .default('')
      .meta({
        title: 'Body',
        description: 'JSON with placeholders such as {{heading}}; empty: everything, as documented',
        multiline: true,
      }),
  }),
  destination: ['url'],
  render: (notice, { url, secret, authorization, template }, { now }) => {
    const body = template.trim() === '' ? bodyOf(notice) : fillTemplate(template, notice);
    const timestamp = String(Math.floor(now / 1_000));
    const request: HttpOutgoing = {
      type: 'http',
      part: '',
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        [TIMESTAMP_HEADER]: timestamp,
        ...(secret === undefined
          ? {}
          : { [SIGNATURE_HEADER]: `v1=${signatureOf(secret, timestamp, body)}` }),
        ...(authorization === undefined ? {} : { authorization }),
      },
      body,
    };
    return [request];
  },
});
