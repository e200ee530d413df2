import { createHash } from 'node:crypto';
import { z } from 'zod';
import { cut, cutBytes } from '../message/cut';
import { headingOf, textOf, worstOf, type Notice } from '../message/notice';
import { encryptPush, MOST_BYTES } from '../push/push-message';
import { vapidHeader } from '../push/vapid';
import type { HttpOutgoing } from '../sending/outgoing';
import { SendFailure } from '../sending/send-failure';
import { defineKind } from './kind';

/** How long a push service keeps a message for a browser that is away, s: a day. */
const TIME_TO_LIVE = 86_400;
const TITLE = 200;
/** Whom a push service may write to about us, when the hub has no public address. */
const NO_ADDRESS = 'mailto:hostdeck@localhost.invalid';

/** What the service worker of the web app shows: plain text, cut until all of it fits. */
function bodyOf(notice: Notice): string {
  const [first, ...others] = notice.messages;
  for (let most = MOST_BYTES; ; most = Math.floor(most / 2)) {
    const body = JSON.stringify({
      title: cut(headingOf(notice), TITLE),
      text: cutBytes(textOf(notice), most),
      tone: worstOf(notice),
      incident: others.length === 0 ? first.incidentId : null,
      path: others.length === 0 ? first.path : '/alerts',
    });
    if (Buffer.byteLength(body) <= MOST_BYTES) return body;
  }
}

/** A message that is newer takes the place of the one about the same incident while the browser is away (RFC 8030, section 5.4). */
function topicOf({ messages: [first, ...others], key }: Notice): string {
  const about = others.length === 0 ? first.incidentId : key;
  return createHash('sha256').update(about).digest('base64url').slice(0, 32);
}

/** Browsers whose users asked for it, each through its own push service (RFC 8030, 8291, 8292). */
export const webPush = defineKind({
  kind: 'web_push',
  label: 'Browser notifications',
  digests: true,
  config: z.strictObject({}),
  destination: [],
  render: async (notice, _, { subscriptions, vapidKeys, now }) => {
    const browsers = await subscriptions();
    if (browsers.length === 0) {
      throw new SendFailure('no_receiver', 'no browser has asked for notifications');
    }
    const keys = await vapidKeys();
    const { link } = notice;
    const subject = link?.startsWith('https:') === true ? new URL(link).origin : NO_ADDRESS;
    const body = bodyOf(notice);
    return browsers.map((browser): HttpOutgoing => ({
      type: 'http',
      part: browser.id,
      method: 'POST',
      url: browser.endpoint,
      headers: {
        'content-type': 'application/octet-stream',
        'content-encoding': 'aes128gcm',
        ttl: String(TIME_TO_LIVE),
        urgency: worstOf(notice) === 'info' ? 'normal' : 'high',
        topic: topicOf(notice),
        authorization: vapidHeader(keys, { endpoint: browser.endpoint, subject }, now),
      },
      body: encryptPush(body, browser),
    }));
  },
});
