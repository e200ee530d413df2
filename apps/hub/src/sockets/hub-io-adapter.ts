import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { failure, WIRE_LIMITS } from '@hostdeck/contracts';
import type { WsMessageHandler } from '@nestjs/common';
import { AbstractWsAdapter } from '@nestjs/websockets';
import { EMPTY, type Observable } from 'rxjs';
import { Server, type Namespace, type ServerOptions, type Socket } from 'socket.io';
import { isOwnOrigin } from '../auth/origin';
import type { HubLimits } from '../config/limits';
import type { Logger } from '../logging/logger';
import { bindHandler } from './bind-handler';
import { boundedParser } from './bounded-parser';
import { refusedConnection } from './wire-failure';

/** A connection that joins no namespace is closed after this, ms. */
const CONNECT_TIMEOUT = 5_000;
/** Beyond this the connection is closed; between the announced limit and this, the event is refused by name. */
const HARD_LIMIT = 8 * WIRE_LIMITS.messageBytes;

interface AdapterOptions {
  readonly httpServer: HttpServer;
  readonly publicUrl: string | null;
  readonly logger: Logger;
  readonly ping: HubLimits['ping'];
}

/** Answer to an upgrade that a page of another site asks for. */
const FOREIGN_PAGE = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** A connection below Socket.IO, whether or not it has joined a namespace. */
type Connection = Socket['conn'];

interface GatewayOptions {
  readonly namespace?: string;
  readonly server?: unknown;
}

/**
 * Socket.IO as the hub speaks it: one server for every gateway, each with its namespace. Handlers are bound straight to
 * the socket: what a handler returns is its ack, and nothing else, whatever it looks like.
 */
export class HubIoAdapter extends AbstractWsAdapter {
  private server: Server | null = null;
  private readonly connections = new Set<Connection>();

  constructor(private readonly options: AdapterOptions) {
    super(options.httpServer);
  }

  override create(_port: number, { namespace }: GatewayOptions = {}): Server | Namespace {
    this.server ??= this.createServer();
    return namespace === undefined ? this.server : this.server.of(namespace);
  }

  override bindMessageHandlers(socket: Socket, handlers: WsMessageHandler[]): Observable<never> {
    socket.on('error', (error) => {
      this.options.logger.debug({ err: error }, 'socket closed after what is no packet of ours');
    });
    for (const { message, callback } of handlers) {
      bindHandler(socket, { event: message, answer: callback }, this.options.logger);
    }
    return EMPTY;
  }

  /** Closes every socket. The HTTP server is closed by whoever made it. */
  override close(server: Server | Namespace): Promise<void> {
    server.disconnectSockets(true);
    // Also those that have not joined a namespace yet. Not `engine.close()`: that drops what is still to be sent.
    for (const connection of this.connections) connection.close();
    return Promise.resolve();
  }

  private comesFromOwnPage({ headers: { origin, host } }: IncomingMessage): boolean {
    return isOwnOrigin({ origin, host }, this.options.publicUrl);
  }

  private createServer(): Server {
    const { ping } = this.options;
    const options: Partial<ServerOptions> = {
      parser: boundedParser,
      serveClient: false,
      perMessageDeflate: false,
      httpCompression: false,
      pingInterval: ping.interval,
      pingTimeout: ping.timeout,
      maxHttpBufferSize: HARD_LIMIT,
      connectTimeout: CONNECT_TIMEOUT,
      // Agents and our page speak WebSocket only; the older transport would be one more way in.
      transports: ['websocket'],
      allowRequest: (request, decide) => {
        decide(null, this.comesFromOwnPage(request));
      },
    };
    const server = new Server(this.options.httpServer, options);
    // The namespace that is always there is none of ours: nobody stays in it.
    server.use((_socket, next) => {
      next(refusedConnection(failure('not_found', 'connect to a namespace of the protocol')));
    });
    // `allowRequest` answers a refused upgrade with 400; this says first what it is.
    this.options.httpServer.prependListener('upgrade', (request, socket) => {
      if (!this.comesFromOwnPage(request)) socket.end(FOREIGN_PAGE);
    });
    server.engine.on('connection', (connection: Connection) => {
      this.connections.add(connection);
      connection.once('close', () => this.connections.delete(connection));
    });
    server.engine.on('connection_error', (error: { message?: string; code?: number }) => {
      this.options.logger.debug({ code: error.code }, `connection refused: ${error.message ?? ''}`);
    });
    return server;
  }
}
