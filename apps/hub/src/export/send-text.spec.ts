import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { sendText } from './send-text';

/** More than every buffer between the two ends together holds. */
const PART = 'x'.repeat(64 * 1024);

describe('text that is made while it is sent', () => {
  let server: Server;
  let asked: Promise<unknown>;

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  async function serve(
    text: () => AsyncGenerator<string, void>,
    patience = 60_000,
  ): Promise<IncomingMessage> {
    const app = express();
    app.get('/', (_request, response) => {
      const sending = { fileName: 'a "b".csv', mediaType: 'text/csv', text: text(), patience };
      asked = sendText(response, sending).then(
        () => null,
        (error: unknown) => error,
      );
    });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asking = get({ host: '127.0.0.1', port });
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    return answer;
  }

  it('comes whole, under a quoted name', async () => {
    const answer = await serve(async function* () {
      yield 'a';
      await Promise.resolve();
      yield 'b';
    });
    let body = '';
    for await (const part of answer) body += String(part);
    expect(body).toBe('ab');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="a \\"b\\".csv"');
    expect(await asked).toBeNull();
  });

  it('is broken off when nobody takes it and nobody goes away', async () => {
    let ended = false;
    const answer = await serve(async function* () {
      try {
        for (;;) {
          await Promise.resolve();
          yield PART;
        }
      } finally {
        ended = true;
      }
    }, 200);
    // The other end keeps the connection, and reads nothing.
    expect(await asked).toBeNull();
    expect(ended).toBe(true);
    answer.destroy();
  });

  it('is made no faster than it is taken, and no longer when nobody takes it', async () => {
    let parts = 0;
    let stopped!: () => void;
    const ended = new Promise<void>((resolve) => (stopped = resolve));
    // Without end: it would fill the memory if it did not wait for the reader.
    const answer = await serve(async function* () {
      try {
        for (;;) {
          parts += 1;
          yield PART;
          await Promise.resolve();
        }
      } finally {
        stopped();
      }
    });
    await once(answer, 'readable');
    answer.destroy();
    await ended;
    expect(parts).toBeLessThan(1_000);
    expect(await asked).toBeNull();
  });

  it('breaks the connection when it fails on the way', async () => {
    const answer = await serve(async function* () {
      yield PART;
      await Promise.resolve();
      throw new Error('cannot be read');
    });
    answer.resume();
    await expect(once(answer, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await asked).toMatchObject({ message: 'cannot be read' });
  });
});
