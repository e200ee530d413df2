import {
  AGENT_NAMESPACE,
  failure,
  HelloSchema,
  PROOF_DEADLINE,
  ProofSchema,
  proofText,
  PROTOCOL_VERSION,
  SchemaSchema,
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
import { SchemasService } from '../schemas/schemas.service';
import { AgentAnswers } from './agent-answers';
import { AgentSockets } from './agent-sockets';
import {
  AgentConnection,
  MOST_SCHEMAS,
  requireStep,
  type AgentNamespace,
  type AgentSocket,
} from './agent-connection';
import { Admission, UNAUTHORIZED } from './admission';
import { Greeter } from './greeter';
import { FramesIntake } from './frames-intake';
import { codeOfSchemaIssue } from './issue-codes';
import { HubIdentity, isSignedBy } from './hub-identity';
import { parseWire, refusedConnection, WireFailure } from '../sockets/wire-failure';

/** Injection token: how long an agent has to prove who it is, ms. */
export const PROOF_TIME = Symbol('proof time');
export const DEFAULT_PROOF_TIME = PROOF_DEADLINE;

/** Speaks with agents. */
@WebSocketGateway({ namespace: AGENT_NAMESPACE })
export class AgentsGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  private readonly open = new Set<AgentSocket>();

  constructor(
    @Inject(HubIdentity) private readonly identity: HubIdentity,
    @Inject(FramesIntake) private readonly frames: FramesIntake,
    @Inject(Admission) private readonly admission: Admission,
    @Inject(Greeter) private readonly greeter: Greeter,
    @Inject(SchemasService) private readonly schemas: SchemasService,
    @Inject(AgentSockets) private readonly sockets: AgentSockets,
    @Inject(AgentAnswers) private readonly answers: AgentAnswers,
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
    this.frames.bind(socket);
  }

  handleDisconnect(socket: AgentSocket): void {
    this.open.delete(socket);
    const { host, deadline } = socket.data.connection;
    if (deadline !== null) clearTimeout(deadline);
    this.sockets.leave(host, socket);
  }

  @SubscribeMessage('prove')
  prove(socket: AgentSocket, payload: unknown): Promise<Result> {
    return this.answers.answer(socket, () => {
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
      this.sockets.replace(host, socket);
      return { ok: true };
    });
  }

  @SubscribeMessage('hello')
  hello(socket: AgentSocket, payload: unknown): Promise<HelloResult> {
    return this.answers.answer(socket, async () => {
      const { connection } = socket.data;
      const { host } = connection;
      requireStep(connection, 'proved', 'prove who you are, then say hello once');
      const hello = parseWire(HelloSchema, payload);
      connection.step = { name: 'greeting' };
      try {
        const { outbox, answer } = await this.greeter.greet(host, hello);
        // Replaced or sent away meanwhile: it does not speak for the host any more.
        if (!socket.connected) return failure('out_of_order', 'the connection has ended');
        connection.step = { name: 'greeted', outbox, backlogUpTo: hello.newestSeq ?? -1 };
        return { ...answer, settings: this.sockets.greet(host, socket) };
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
    return this.answers.answer(socket, async () => {
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

  /** Tells every agent that the hub stops. */
  sayGoodbye(): void {
    for (const socket of this.open) {
      socket.emit('goodbye', { reason: 'restart', message: 'the hub stops' });
    }
  }
}
