import {
  AGENT_NAMESPACE,
  ChallengeSchema,
  EmptyResultSchema,
  FailureSchema,
  FocusSchema,
  FramesResultSchema,
  GoodbyeSchema,
  HelloResultSchema,
  PROOF_DEADLINE,
  type AgentAuth,
  type AgentReport,
  type AgentToHubEvents,
  type Challenge,
  type Focus,
  type FrameBatch,
  type FramesResult,
  type Goodbye,
  type Hello,
  type HubToAgentEvents,
  type ProcessScan,
  type Proof,
  type Result,
  type Schema,
} from '@hostdeck/contracts';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { errorText } from '../log/error-text';
import { withDeadline } from '../timing/deadline';
import { LinkError } from './link-error';

/** Longest wait for the connection itself, ms, the hub's admission included. */
const CONNECT_DEADLINE = 10_000;
/** Longest wait for an answer in the opening of a connection, ms. */
const GREETING_DEADLINE = 10_000;
const GOODBYE_DEADLINE = 1_000;

export interface HubConnectionOptions {
  readonly hub: string;
  readonly auth: AgentAuth;
  /** Longest wait for the answer to a batch, ms: it comes after the hub's commit. */
  readonly ackDeadline: number;
  /** Longest wait for the connection itself, ms; 10 s unless given. */
  readonly connectDeadline?: number | undefined;
}

/** Settings are looked at apart: wrong ones are no reason not to talk to the hub. */
const WelcomeSchema = z.discriminatedUnion('ok', [
  HelloResultSchema.options[0].extend({ settings: z.unknown() }),
  FailureSchema,
]);
/** The answer to `hello`. */
export type Welcome = z.infer<typeof WelcomeSchema>;

/** An error of the WebSocket below, as the client reports it. */
const TransportErrorSchema = z.object({ description: z.object({ message: z.string() }) });
/** A refusal by the namespace's middleware. */
const RefusedErrorSchema = z.object({ data: FailureSchema });

/**
 * One connection to a hub: requests with typed, parsed answers. It is never made anew; when it ends, every request that
 * waits rejects with a {@link LinkError}, and so does {@link ended}.
 */
export class HubConnection {
  /** The hub's proof and nonce. */
  readonly challenge: Promise<Challenge>;
  /** Never resolves; rejects when the connection has ended or the hub says goodbye. */
  readonly ended: Promise<never>;
  readonly #socket: Socket<HubToAgentEvents, AgentToHubEvents>;
  readonly #hub: string;
  readonly #ackDeadline: number;
  readonly #connectDeadline: number;
  /** Ends a wait for the connection. */
  #giveUp: ((error: LinkError) => void) | null = null;

  constructor({ hub, auth, ackDeadline, connectDeadline }: HubConnectionOptions) {
    this.#hub = hub;
    const { origin, pathname } = new URL(hub);
    this.#ackDeadline = ackDeadline;
    this.#connectDeadline = connectDeadline ?? CONNECT_DEADLINE;
    this.#socket = io(`${origin}${AGENT_NAMESPACE}`, {
      path: `${pathname.replace(/\/$/, '')}/socket.io`,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      autoConnect: false,
      timeout: this.#connectDeadline,
      auth,
    });
    this.challenge = new Promise((resolve, reject) => {
      this.#socket.once('challenge', (challenge) => {
        const parsed = ChallengeSchema.safeParse(challenge);
        if (parsed.success) resolve(parsed.data);
        else reject(new LinkError('protocol', 'the hub sent a challenge that can not be read'));
      });
      this.#socket.once('disconnect', (reason) => reject(closed(reason)));
    });
    this.ended = new Promise((_, reject) => {
      this.#socket.once('disconnect', (reason) => reject(closed(reason)));
      this.#socket.once('goodbye', (goodbye) => {
        const parsed = GoodbyeSchema.safeParse(goodbye);
        reject(parsed.success ? LinkError.dismissed(parsed.data) : closed('goodbye'));
      });
    });
    // Both are awaited only in some phases of a connection; elsewhere its end is noticed by the request that fails.
    this.challenge.catch(ignoreEnd);
    this.ended.catch(ignoreEnd);
  }

  /**
   * Connects; to be called once.
   *
   * @throws LinkError
   * @throws DeadlineError when the hub takes the connection and does not let the agent in
   */
  async open(): Promise<void> {
    const opened = new Promise<void>((resolve, reject) => {
      this.#giveUp = reject;
      this.#socket.once('connect', resolve);
      this.#socket.once('connect_error', (error) => reject(connectError(this.#hub, error)));
      this.#socket.connect();
    });
    await withDeadline(opened, this.#connectDeadline);
  }

  /** Calls `apply` with what the hub sends for settings, which is not looked at here. */
  onSettings(apply: (settings: unknown) => void): void {
    this.#socket.on('settings', apply);
  }

  /** Calls `apply` whenever somebody looks at this host, or no longer does. */
  onFocus(apply: (focus: Focus) => void): void {
    this.#socket.on('focus', (focus) => {
      const parsed = FocusSchema.safeParse(focus);
      if (parsed.success) apply(parsed.data);
    });
  }

  prove(proof: Proof): Promise<Result> {
    const socket = this.#connected(PROOF_DEADLINE);
    return this.#answer(EmptyResultSchema, (ack) => socket.emit('prove', proof, ack));
  }

  hello(hello: Hello): Promise<Welcome> {
    const socket = this.#connected(GREETING_DEADLINE);
    return this.#answer(WelcomeSchema, (ack) => socket.emit('hello', hello, ack));
  }

  schema(schema: Schema): Promise<Result> {
    const socket = this.#connected(this.#ackDeadline);
    return this.#answer(EmptyResultSchema, (ack) => socket.emit('schema', schema, ack));
  }

  frames(batch: FrameBatch): Promise<FramesResult> {
    const socket = this.#connected(this.#ackDeadline);
    return this.#answer(FramesResultSchema, (ack) => socket.emit('frames', batch, ack));
  }

  processes(scan: ProcessScan): Promise<Result> {
    const socket = this.#connected(this.#ackDeadline);
    return this.#answer(EmptyResultSchema, (ack) => socket.emit('processes', scan, ack));
  }

  report(report: AgentReport): Promise<Result> {
    const socket = this.#connected(this.#ackDeadline);
    return this.#answer(EmptyResultSchema, (ack) => socket.emit('report', report, ack));
  }

  goodbye(goodbye: Goodbye): Promise<Result> {
    const socket = this.#connected(GOODBYE_DEADLINE);
    return this.#answer(EmptyResultSchema, (ack) => socket.emit('goodbye', goodbye, ack));
  }

  /** Ends the connection, at whatever point it is. */
  close(): void {
    this.#giveUp?.(closed('given up'));
    this.#socket.disconnect();
  }

  /** The socket, if it is connected: the client would keep what is sent before in a queue of its own. */
  #connected(deadline: number) {
    if (!this.#socket.connected) throw closed('closed before');
    return this.#socket.timeout(deadline);
  }

  #answer<Answer>(
    schema: z.ZodType<Answer>,
    emit: (ack: (error: Error | null, answer: unknown) => void) => void,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      emit((error, answer) => {
        if (error !== null) {
          reject(
            this.#socket.connected
              ? new LinkError('silent', 'the hub did not answer in time')
              : closed(error.message),
          );
          return;
        }
        const parsed = schema.safeParse(answer);
        if (parsed.success) resolve(parsed.data);
        else reject(new LinkError('protocol', 'the hub sent an answer that can not be read'));
      });
    });
  }
}

function closed(reason: string): LinkError {
  return new LinkError('closed', `the connection was closed (${reason})`);
}

function connectError(hub: string, error: Error): LinkError {
  const refused = RefusedErrorSchema.safeParse(error);
  if (refused.success) return LinkError.refused('the connection', refused.data.data);
  const transport = TransportErrorSchema.safeParse(error);
  const reason = transport.success ? transport.data.description.message : errorText(error);
  return new LinkError('unreachable', `can not reach the hub at ${hub}: ${reason}`);
}

function ignoreEnd(): undefined {
  return undefined;
}
