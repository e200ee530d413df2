import { request as requestPlain, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { HttpOutgoing, Reply } from './outgoing';
import { readRetryAfter } from './retry-after';
import { connectionFailure, SendFailure, timedOut } from './send-failure';

/** How much of an answer is read, bytes. */
const MOST_READ = 8_192;
/** Answers that say "not now" (RFC 9110; 425: RFC 8470). */
const LATER = new Set([408, 425, 429]);

interface HttpSurroundings {
  /** Answers with permitted addresses only. */
  readonly lookup: LookupFunction;
  /** Ends the request. */
  readonly signal: AbortSignal;
  /** Ms since the epoch. */
  readonly now: number;
}

/**
 * Sends one request on a connection of its own and reads the beginning of the answer. Redirects are not followed: they could lead to
 * where the address alone may not.
 *
 * @throws {SendFailure} unless the answer is a 2xx.
 */
export async function sendHttp(
  outgoing: HttpOutgoing,
  { lookup, signal, now }: HttpSurroundings,
): Promise<Reply> {
  const url = new URL(outgoing.url);
  const exchange = new Promise<Answer>((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestSecure : requestPlain;
    const request: ClientRequest = send(url, {
      method: outgoing.method,
      headers: {
        'user-agent': 'Hostdeck',
        'content-length': Buffer.byteLength(outgoing.body),
        ...outgoing.headers,
      },
      agent: false,
      lookup,
      signal,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      read(response, request).then(resolve, reject);
    });
    request.end(outgoing.body);
  });
  const answer = await exchange.catch((cause: unknown) => {
    throw signal.aborted ? timedOut(url.host, cause) : connectionFailure(cause, url.host);
  });
  return judge(answer, url.host, now);
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** The status counts: an answer that breaks off after it has been given all the same. */
function read(response: IncomingMessage, request: ClientRequest): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    const finish = () => {
      request.destroy();
      const text = Buffer.concat(parts).subarray(0, MOST_READ).toString('utf8');
      resolve({ status, retryAfter: headers['retry-after'], text });
    };
    response.on('data', (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length >= MOST_READ) finish();
    });
    response.on('end', finish);
    response.on('error', finish);
    response.on('close', finish);
  });
}

function judge({ status, retryAfter, text }: Answer, host: string, now: number): Reply {
  if (status >= 200 && status < 300) return { status, text };
  const said = text.trim() === '' ? '' : `: ${text.trim().slice(0, 300)}`;
  if (status >= 300 && status < 400) {
    throw new SendFailure(
      'redirected',
      `${host} names another address (${status}), which is not followed: enter the final one`,
      { status },
    );
  }
  if (LATER.has(status) || (status === 503 && retryAfter !== undefined)) {
    const wait = readRetryAfter(retryAfter, text, now);
    throw new SendFailure('limited', `${host} asks to come back later (${status})${said}`, {
      status,
      ...(wait === null ? {} : { retryAfter: wait }),
    });
  }
  if (status >= 500) {
    throw new SendFailure('receiver_fault', `${host} has a fault (${status})${said}`, { status });
  }
  throw new SendFailure('rejected', `${host} refuses it (${status})${said}`, { status });
}
