import {
  AGENT_NAMESPACE,
  FrameBatchSchema,
  GoodbyeSchema,
  HelloSchema,
  PROOF_DEADLINE,
  ProofSchema,
  proofText,
  PROTOCOL_VERSION,
  SchemaSchema,
  type Failure,
  type FramesResult,
  type Goodbye,
  type HelloResult,
  type Result,
} from '@hostdeck/contracts';
import { Inject } from '@nestjs/common';
import {
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { Host } from '../hosts/host';
import { HostsService } from '../hosts/hosts.service';
import { IngestService } from '../ingest/ingest.service';
import { LOGGER, type Logger } from '../logging/logger';
import { SchemasService } from '../schemas/schemas.service';
import {
  AgentConnection,
  MOST_SCHEMAS,
  requireStep,
  type AgentNamespace,
  type AgentSocket,
} from './agent-connection';
import { Admission, UNAUTHORIZED } from './admission';
import { Greeter } from './greeter';
import { codeOfFrameIssue, codeOfSchemaIssue } from './issue-codes';
import { isFrameBatch } from './frame-batch';
import { HubIdentity, isSignedBy } from './hub-identity';
import { bindHandler } from '../sockets/bind-handler';
import { parseWire, refusedConnection, WireFailure } from '../sockets/wire-failure';

/** Injection token: how long an agent has to prove who it is, ms. */
export const PROOF_TIME = Symbol('proof time');
export const DEFAULT_PROOF_TIME = PROOF_DEADLINE;

/** Speaks with agents. */
@WebSocketGateway({ namespace: AGENT_NAMESPACE })
export class AgentsGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  /** The socket that speaks for a host: the newest that has proved to. */
  private readonly sockets = new Map<Host, AgentSocket>();
  private readonly open = new Set<AgentSocket>();
  /** Events refused since the start. */
  refusedCount = 0;

  constructor(
    @Inject(HubIdentity) private readonly identity: HubIdentity,
    @Inject(HostsService) private readonly hosts: HostsService,
    @Inject(IngestService) private readonly ingest: IngestService,
    @Inject(Admission) private readonly admission: Admission,
    @Inject(Greeter) private readonly greeter: Greeter,
    @Inject(SchemasService) private readonly schemas: SchemasService,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(PROOF_TIME) private readonly proofTime: number,
  ) {}

  afterInit(namespace: AgentNamespace): void {
    namespace.use((socket, next) => {
      const admitted = this.admission.admit(socket.handshake.auth);
      if (admitted instanceof AgentConnection) {
        socket.data.connection = admitted;
        next();
      } else next(refusedConnection(admitted));
    });
    this.hosts.events.on('removed', (host) => {
      this.ingest.forget(host);
      this.dismiss(host, { reason: 'revoked', message: 'the host was removed from the hub' });
    });
  }

  handleConnection(socket: AgentSocket): void {
    const { connection } = socket.data;
    const { host, agentNonce, step } = connection;
    if (step.name !== 'challenged') return;
    this.open.add(socket);
    const text = proofText('hub', { agentId: host.id, agentNonce, hubNonce: step.hubNonce });
    socket.emit('challenge', {
      nonce: step.hubNonce,
      signature: this.identity.sign(text),
      protocol: PROTOCOL_VERSION,
    });
    connection.deadline = setTimeout(() => socket.disconnect(true), this.proofTime);
    // Nearly every event is one of these: Nest's way to a handler (guards, interceptors, pipes, which there are none of) took a tenth of
    // what one costs.
    const answer = (payload: unknown) => this.frames(socket, payload);
    bindHandler(socket, { event: 'frames', answer }, this.logger);
  }

  handleDisconnect(socket: AgentSocket): void {
    this.open.delete(socket);
    const { host, deadline } = socket.data.connection;
    if (deadline !== null) clearTimeout(deadline);
    if (this.sockets.get(host) === socket) this.sockets.delete(host);
  }

  @SubscribeMessage('prove')
  prove(socket: AgentSocket, payload: unknown): Promise<Result> {
    return this.answer(socket, () => {
      const { connection } = socket.data;
      const { host, agentNonce, step } = connection;
      if (step.name !== 'challenged') throw new WireFailure('out_of_order', 'already proved');
      const { signature } = parseWire(ProofSchema, payload);
      const text = proofText('agent', { agentId: host.id, agentNonce, hubNonce: step.hubNonce });
      if (!isSignedBy(host.publicKey, text, signature)) {
        // After the ack has left.
        setImmediate(() => socket.disconnect(true));
        throw new WireFailure('unauthorized', UNAUTHORIZED);
      }
      if (connection.deadline !== null) clearTimeout(connection.deadline);
      connection.step = { name: 'proved' };
      this.replace(host, socket);
      return { ok: true };
    });
  }

  @SubscribeMessage('hello')
  hello(socket: AgentSocket, payload: unknown): Promise<HelloResult> {
    return this.answer(socket, async () => {
      const { connection } = socket.data;
      const { host } = connection;
      requireStep(connection, 'proved', 'prove who you are, then say hello once');
      const hello = parseWire(HelloSchema, payload);
      connection.step = { name: 'greeting' };
      try {
        const { outbox, answer } = await this.greeter.greet(host, hello);
        connection.step = { name: 'greeted', outbox, backlogUpTo: hello.newestSeq ?? -1 };
        return answer;
      } catch (cause) {
        connection.step = { name: 'proved' };
        throw new WireFailure('storage', 'the hub cannot reach its storage; say hello again', {
          cause,
        });
      }
    });
  }

  @SubscribeMessage('schema')
  schema(socket: AgentSocket, payload: unknown): Promise<Result> {
    return this.answer(socket, async () => {
      const { connection } = socket.data;
      requireStep(connection, 'greeted', 'say hello before sending a schema');
      const { number, series } = parseWire(SchemaSchema, payload, codeOfSchemaIssue);
      const { layouts } = connection;
      if (layouts.size >= MOST_SCHEMAS && !layouts.has(number)) {
        throw new WireFailure('too_large', `a connection has at most ${MOST_SCHEMAS} schemas`);
      }
      const interning = this.schemas.intern(series);
      // Frames may follow before the answer: they wait for the layout.
      layouts.set(number, interning);
      try {
        layouts.set(number, await interning);
      } catch (cause) {
        layouts.delete(number);
        throw new WireFailure('storage', 'the hub could not store the schema; send it again', {
          cause,
        });
      }
      return { ok: true };
    });
  }

  private frames(socket: AgentSocket, payload: unknown): Promise<FramesResult> {
    return this.answer(socket, async () => {
      const { connection } = socket.data;
      const { step } = connection;
      if (step.name !== 'greeted') {
        throw new WireFailure('out_of_order', 'say hello and send a schema before sending frames');
      }
      const { epoch, schema, frames } = isFrameBatch(payload)
        ? payload
        : parseWire(FrameBatchSchema, payload, codeOfFrameIssue);
      if (epoch !== step.outbox.epoch) {
        throw new WireFailure('wrong_epoch', `hello announced the epoch ${step.outbox.epoch}`);
      }
      const known = connection.layouts.get(schema);
      if (known === undefined) {
        throw new WireFailure('unknown_schema', `send schema ${schema} before frames in it`);
      }
      const layout = known instanceof Promise ? await known : known;
      const { length } = layout.keys;
      for (const [seq, , values] of frames) {
        if (values.length === length) continue;
        throw new WireFailure(
          'wrong_length',
          `frame ${seq} has ${values.length} values, its schema ${length} series`,
        );
      }
      return this.ingest.submit({
        outbox: step.outbox,
        layout,
        frames,
        backlogUpTo: step.backlogUpTo,
      });
    });
  }

  @SubscribeMessage('goodbye')
  goodbye(socket: AgentSocket, payload: unknown): Promise<Result> {
    return this.answer(socket, () => {
      const { host, step } = socket.data.connection;
      if (step.name === 'challenged') {
        throw new WireFailure('out_of_order', 'prove who you are before saying goodbye');
      }
      const { reason } = parseWire(GoodbyeSchema, payload);
      if (reason === 'restart') this.hosts.announceRestart(host);
      return { ok: true };
    });
  }

  /** Agents that have proved who they are. */
  get connectedCount(): number {
    return this.sockets.size;
  }

  /** Tells every agent that the hub stops. */
  sayGoodbye(): void {
    for (const socket of this.open) {
      socket.emit('goodbye', { reason: 'restart', message: 'the hub stops' });
    }
  }

  /** The newest connection that proves to be a host speaks for it; the one before is sent away. */
  private replace(host: Host, socket: AgentSocket): void {
    if (this.sockets.has(host)) {
      this.logger.warn(
        { host: host.id, name: host.name },
        'another connection with the same identity replaces the one before',
      );
      this.dismiss(host, { reason: 'replaced', message: 'the same identity connected again' });
    }
    this.sockets.set(host, socket);
  }

  private dismiss(host: Host, goodbye: Goodbye): void {
    const socket = this.sockets.get(host);
    if (socket === undefined) return;
    this.sockets.delete(host);
    socket.emit('goodbye', goodbye);
    socket.disconnect(true);
  }

  /** Runs a handler; whatever goes wrong is its answer, and is logged once for each connection and code. */
  private async answer<Success extends { ok: true }>(
    socket: AgentSocket,
    handle: () => Success | Promise<Success | Failure>,
  ): Promise<Success | Failure> {
    try {
      return await handle();
    } catch (error) {
      const refused =
        error instanceof WireFailure
          ? error
          : new WireFailure('busy', 'the hub failed; try again', { cause: error });
      this.refusedCount += 1;
      this.logOnce(socket.data.connection, refused);
      return refused.toResult();
    }
  }

  private logOnce({ host, logged }: AgentConnection, refused: WireFailure): void {
    if (logged.has(refused.code)) return;
    logged.add(refused.code);
    this.logger.warn(
      { host: host.id, name: host.name, code: refused.code, err: refused.cause },
      `refused what an agent sent: ${refused.message}`,
    );
  }
}
