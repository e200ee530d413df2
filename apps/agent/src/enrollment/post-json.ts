import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** Longest answer that is read, bytes. */
const MAX_ANSWER = 64 * 1024;

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Posts JSON and reads the answer; redirects are not followed, so that a secret in the body goes where it was meant to go. `fetch` would
 * do the same for 15 MB more of memory, which a process that runs for months keeps.
 *
 * @param deadline longest wait for the whole answer, ms
 * @throws what the network says, or that the answer is too long or too late
 */
export function postJson(url: string, body: unknown, deadline: number): Promise<Answer> {
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  const content = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(content),
        accept: 'application/json',
      },
      agent: false,
    });
    const timer = setTimeout(
      () => outgoing.destroy(new Error(`no answer within ${deadline} ms`)),
      deadline,
    );
    outgoing.once('close', () => clearTimeout(timer));
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = [];
      let length = 0;
      incoming.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > MAX_ANSWER) outgoing.destroy(new Error('the answer is too long'));
        else chunks.push(chunk);
      });
      incoming.once('error', reject);
      incoming.once('end', () => {
        resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.end(content);
  });
}
