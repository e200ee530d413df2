import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../events';

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a receiver does with a request. */
export type Behaviour = (response: ServerResponse, request: Received) => void;

/** Takes it. */
export const accept: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
};

/** Answers with a status. */
export function answer(status: number, headers: Record<string, string> = {}, body = ''): Behaviour {
  return (response) => void response.writeHead(status, headers).end(body);
}

/** Never answers. */
export const hang: Behaviour = () => undefined;

/** Closes the connection without an answer. */
export const hangUp: Behaviour = (response) => void response.destroy();

/** A receiver on loopback. It behaves as told: once for each of `next`, then as `otherwise`. */
export class HttpReceiver {
  readonly received: Received[] = [];
  next: Behaviour[] = [];
  otherwise: Behaviour = accept;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<HttpReceiver> {
    const server = createServer();
    const receiver = new HttpReceiver(server);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const received = {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(parts),
        };
        receiver.received.push(received);
        (receiver.next.shift() ?? receiver.otherwise)(response, received);
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return receiver;
  }

  get port(): number {
    // It listens on a port, so that it has an address.
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Bodies as JSON. */
  get bodies(): unknown[] {
    return this.received.map(({ body }) => JSON.parse(body.toString('utf8')) as unknown);
  }

  /** Waits until that many requests have arrived. */
  async count(wanted: number): Promise<void> {
    await eventually(
      () => this.received.length,
      (count) => count >= wanted,
    );
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }
}
