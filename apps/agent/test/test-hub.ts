import {
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AGENT_NAMESPACE,
  AgentAuthSchema,
  AgentReportSchema,
  DEFAULT_SETTINGS,
  EnrollSchema,
  failure,
  FrameBatchSchema,
  HelloSchema,
  ProcessScanSchema,
  PROTOCOL_VERSION,
  proofText,
  ProofSchema,
  SchemaSchema,
  WIRE_LIMITS,
  type AgentReport,
  type AgentSettings,
  type AgentToHubEvents,
  type Failure,
  type Focus,
  type Frame,
  type FrameBatch,
  type Goodbye,
  type Hello,
  type HubToAgentEvents,
  type ProcessScan,
  type Result,
  type Schema,
  type SeqRange,
} from '@hostdeck/contracts';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';

export const JOIN_TOKEN = 'the-join-token-of-the-test';
const AGENT_ID = '0123456789abcdef0123456789abcdef';

/** What a test sends on purpose need not be right. */
const AnySettings = z.custom<AgentSettings>();

type AgentSocket = Socket<AgentToHubEvents, HubToAgentEvents>;

/** What the hub does with a batch: stores and acks it, refuses it, or stores it and loses the ack. */
export type Verdict = 'ack' | 'lose ack' | Failure;

interface HubEvents {
  enrolled: [];
  hello: [Hello];
  schema: [Schema];
  batch: [FrameBatch];
  goodbye: [Goodbye];
  report: [AgentReport];
  scan: [ProcessScan];
  connection: [];
  disconnect: [string];
}

/** A hub in a test: the real protocol over real sockets, with its memory open to the test. */
export class TestHub extends EventEmitter<HubEvents> {
  /** Frames stored, by epoch and seq. */
  readonly stored = new Map<string, Frame>();
  /** How often a frame was stored that had been before. */
  duplicates = 0;
  /** Seqs of the frames in the order of arrival. */
  readonly arrivals: number[] = [];
  /** Series by schema number, of the last connection. */
  schemas = new Map<number, readonly string[]>();
  limits = WIRE_LIMITS;
  interval = 2_000;
  /** Settings said in answer to hello, apart from the interval. */
  settings: Partial<AgentSettings> = {};
  /** Liveness settings the hub announces to the agents, ms. */
  ping = { interval: 9_000, timeout: 5_000 };
  /** Whether connections are let into the namespace; else they wait without an answer. */
  admits = true;
  /** So many agents are taken in without their getting the answer. */
  lostEnrollments = 0;
  /** Ranges said to be stored in answer to hello. */
  storedRanges: SeqRange[] = [];
  /** The hub's clock minus that of this machine, ms, as its answers tell it. */
  clockOffset = 0;
  judge: (batch: FrameBatch) => Verdict = () => 'ack';
  judgeSchema: (schema: Schema) => Failure | null = () => null;
  judgeScan: (scan: ProcessScan) => Result | 'no answer' = () => ({ ok: true });
  sockets: AgentSocket[] = [];
  /** Everything that came, as text: where a test looks for what must not be there. */
  readonly received: string[] = [];
  agentPublicKey: string | null = null;
  #key = generateKeyPairSync('ed25519');
  #http: HttpServer | null = null;
  #io: Server | null = null;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get publicKey(): string {
    return rawKey(this.#key.publicKey);
  }

  /** Listens; after a stop again on the same port. */
  async start(): Promise<void> {
    const http = createServer((request, response) => {
      if (request.url === '/api/health') {
        response.writeHead(200, { date: new Date(Date.now() + this.clockOffset).toUTCString() });
        response.end();
        return;
      }
      void this.#enroll(request).then(({ status, body }) => {
        if (this.lostEnrollments > 0) {
          this.lostEnrollments -= 1;
          request.destroy();
          return;
        }
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
    });
    this.#io = new Server(http, {
      transports: ['websocket'],
      pingInterval: this.ping.interval,
      pingTimeout: this.ping.timeout,
      maxHttpBufferSize: WIRE_LIMITS.messageBytes,
    });
    this.#io.of(AGENT_NAMESPACE).use((_, next) => {
      if (this.admits) next();
    });
    this.#io.of(AGENT_NAMESPACE).on('connection', (socket: AgentSocket) => this.#accept(socket));
    http.listen(this.#port, '127.0.0.1');
    await once(http, 'listening');
    this.#port = (http.address() as AddressInfo).port;
    this.#http = http;
  }

  async stop(): Promise<void> {
    this.#io?.disconnectSockets(true);
    await this.#io?.close();
    this.#http?.closeAllConnections();
    this.#io = null;
    this.#http = null;
  }

  /** Resolves with the next batch for which `matches` holds. */
  batchWhere(matches: (batch: FrameBatch) => boolean): Promise<FrameBatch> {
    return new Promise((resolve) => {
      const look = (batch: FrameBatch) => {
        if (!matches(batch)) return;
        this.off('batch', look);
        resolve(batch);
      };
      this.on('batch', look);
    });
  }

  /** Resolves when frame `seq` is stored in whatever epoch. */
  async storedFrame(seq: number): Promise<void> {
    const isStored = () => [...this.stored.keys()].some((key) => key.endsWith(` ${seq}`));
    if (!isStored()) await this.batchWhere(isStored);
  }

  /** Says to the agent that somebody looks. */
  focus(focus: Focus): void {
    this.sockets.at(-1)?.emit('focus', focus);
  }

  /** Sends settings, right or wrong ones. */
  sendSettings(settings: unknown): void {
    this.sockets.at(-1)?.emit('settings', AnySettings.parse(settings));
  }

  /** Resolves with the next report for which `matches` holds. */
  reportWhere(matches: (report: AgentReport) => boolean): Promise<AgentReport> {
    return new Promise((resolve) => {
      const look = (report: AgentReport) => {
        if (!matches(report)) return;
        this.off('report', look);
        resolve(report);
      };
      this.on('report', look);
    });
  }

  /** Becomes another hub at the same address. */
  changeKey(): void {
    this.#key = generateKeyPairSync('ed25519');
  }

  async #enroll(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = EnrollSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
    if (body.token !== JOIN_TOKEN) {
      const detail = 'this join token is not valid';
      return {
        status: 403,
        body: { type: 'about:blank', title: 'Forbidden', status: 403, detail },
      };
    }
    this.agentPublicKey = body.publicKey;
    this.emit('enrolled');
    return { status: 201, body: { agentId: AGENT_ID, hubPublicKey: this.publicKey } };
  }

  #accept(socket: AgentSocket): void {
    const { agentId, nonce } = AgentAuthSchema.parse(socket.handshake.auth);
    const hubNonce = randomBytes(32).toString('base64url');
    const context = { agentId, agentNonce: nonce, hubNonce };
    this.emit('connection');
    socket.on('disconnect', (reason) => this.emit('disconnect', reason));
    socket.on('prove', (proof, ack) => {
      const signature = Buffer.from(ProofSchema.parse(proof).signature, 'base64url');
      const text = Buffer.from(proofText('agent', context));
      if (!verify(null, text, importKey(this.agentPublicKey ?? ''), signature)) {
        ack(failure('unauthorized', 'unknown identity or wrong proof'));
        return;
      }
      this.sockets = [...this.sockets, socket];
      ack({ ok: true });
    });
    socket.onAny((...message: unknown[]) => this.received.push(JSON.stringify(message)));
    this.#serve(socket);
    socket.emit('challenge', {
      nonce: hubNonce,
      signature: sign(null, Buffer.from(proofText('hub', context)), this.#key.privateKey).toString(
        'base64url',
      ),
      protocol: PROTOCOL_VERSION,
    });
  }

  #serve(socket: AgentSocket): void {
    const schemas = new Map<number, readonly string[]>();
    this.schemas = schemas;
    socket.on('hello', (hello, ack) => {
      ack({
        ok: true,
        stored: this.storedRanges,
        settings: { ...DEFAULT_SETTINGS, ...this.settings, interval: this.interval },
        limits: this.limits,
        hubTime: Date.now(),
      });
      this.emit('hello', HelloSchema.parse(hello));
    });
    socket.on('schema', (schema, ack) => {
      const refusal = this.judgeSchema(SchemaSchema.parse(schema));
      if (refusal === null) schemas.set(schema.number, schema.series);
      ack(refusal ?? { ok: true });
      this.emit('schema', schema);
    });
    socket.on('frames', (message, ack) => {
      const batch = FrameBatchSchema.parse(message);
      const verdict = schemas.has(batch.schema)
        ? this.judge(batch)
        : failure('unknown_schema', 'this schema was not sent');
      if (typeof verdict === 'object') {
        ack(verdict);
      } else {
        const fresh = this.#store(batch, schemas.get(batch.schema) ?? []);
        if (verdict === 'ack') ack({ ok: true, fresh });
      }
      this.emit('batch', batch);
    });
    socket.on('report', (report, ack) => {
      ack({ ok: true });
      this.emit('report', AgentReportSchema.parse(report));
    });
    socket.on('processes', (message, ack) => {
      const scan = ProcessScanSchema.parse(message);
      const verdict = this.judgeScan(scan);
      if (verdict !== 'no answer') ack(verdict);
      this.emit('scan', scan);
    });
    socket.on('goodbye', (goodbye, ack) => {
      ack({ ok: true });
      this.emit('goodbye', goodbye);
    });
  }

  #store({ epoch, frames }: FrameBatch, series: readonly string[]): number {
    let fresh = 0;
    for (const frame of frames) {
      if (frame[2].length !== series.length) throw new Error('a frame does not fit its schema');
      const key = `${epoch} ${frame[0]}`;
      this.arrivals.push(frame[0]);
      if (this.stored.has(key)) this.duplicates += 1;
      else fresh += 1;
      this.stored.set(key, frame);
    }
    return fresh;
  }
}

function rawKey(key: KeyObject): string {
  return key.export({ format: 'jwk' }).x ?? '';
}

function importKey(raw: string): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw } });
}
