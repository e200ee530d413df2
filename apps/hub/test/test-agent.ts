import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  AGENT_NAMESPACE,
  HOSTDECK_VERSION,
  PROTOCOL_VERSION,
  proofText,
  type AgentToHubEvents,
  type Challenge,
  type Enrolled,
  type Frame,
  type FramesResult,
  type Hello,
  type HelloResult,
  type HostFacts,
  type HubToAgentEvents,
  type Result,
} from '@hostdeck/contracts';
import { io, type Socket } from 'socket.io-client';
import { Client, type Answer } from './client';
import { next } from './events';
import { JOIN_TOKEN } from './hub';

export type AgentClient = Socket<HubToAgentEvents, AgentToHubEvents>;

export const FACTS: HostFacts = {
  hostname: 'web-1',
  platform: 'linux',
  os: 'Debian GNU/Linux 12',
  kernel: '6.1.0',
  architecture: 'x64',
  cpuModel: 'A CPU',
  cpuCount: 4,
  memoryTotal: 8 * 2 ** 30,
  swapTotal: null,
  bootId: 'boot',
  bootedAt: null,
  model: null,
  virtualization: null,
  agentVersion: HOSTDECK_VERSION,
};

/** Series of the frames that {@link TestAgent.send} sends. */
export const SERIES = ['cpu.busy', 'memory.used_share', 'filesystem.used_share{/}'];

export function newEpoch(): string {
  return randomBytes(8).toString('hex');
}

/** An agent with a real key, real sockets, and nothing of the real agent's code. */
export class TestAgent {
  /** Set while it is connected. */
  socket!: AgentClient;
  epoch = newEpoch();
  /** The clock of its host. */
  clock: () => number = Date.now;

  private constructor(
    private url: string,
    readonly id: string,
    readonly hubPublicKey: string,
    private readonly privateKey: KeyObject,
  ) {}

  static async enroll(url: string, hostname = 'web-1'): Promise<TestAgent> {
    const { privateKey, publicKey } = newKeyPair();
    const answer = await requestEnrollment(url, { publicKey, hostname });
    const { agentId, hubPublicKey } = answer.body as Enrolled;
    return new TestAgent(url, agentId, hubPublicKey, privateKey);
  }

  /** Enrolls, connects, says hello and sends the schema {@link SERIES} as number 1. */
  static async join(url: string, hostname?: string): Promise<TestAgent> {
    const agent = await TestAgent.enroll(url, hostname);
    await agent.ready();
    return agent;
  }

  /** Connects and does everything that comes before frames. */
  async ready(url = this.url): Promise<HelloResult> {
    await this.connectTo(url);
    const hello = await this.hello();
    await this.schema(1, SERIES);
    return hello;
  }

  /** Opens the socket; resolves with the hub's challenge, rejects when it is refused. */
  open(auth: object = {}): Promise<Challenge & { readonly agentNonce: string }> {
    const nonce = randomBytes(32).toString('base64url');
    this.socket = io(`${this.url}${AGENT_NAMESPACE}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: {
        agentId: this.id,
        nonce,
        protocol: { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION },
        ...auth,
      },
    });
    return new Promise((resolve, reject) => {
      this.socket.once('connect_error', reject);
      this.socket.once('challenge', (challenge) => resolve({ ...challenge, agentNonce: nonce }));
    });
  }

  /** Opens the socket and proves who this is, with `key` instead of its own if given. */
  async connect(key = this.privateKey): Promise<Result> {
    const { nonce, agentNonce } = await this.open();
    const text = proofText('agent', { agentId: this.id, agentNonce, hubNonce: nonce });
    const signature = sign(null, Buffer.from(text), key).toString('base64url');
    return this.socket.emitWithAck('prove', { signature });
  }

  /** Connects to a hub that may have another address than before. */
  connectTo(url: string): Promise<Result> {
    this.url = url;
    return this.connect();
  }

  hello(change: Partial<Hello> = {}): Promise<HelloResult> {
    return this.socket.emitWithAck('hello', {
      epoch: this.epoch,
      oldestSeq: null,
      newestSeq: null,
      sentAt: this.clock(),
      interval: 2_000,
      facts: FACTS,
      ...change,
    });
  }

  schema(number: number, series: string[]): Promise<Result> {
    return this.socket.emitWithAck('schema', { number, series });
  }

  /** Sends frames of schema 1. */
  send(...frames: Frame[]): Promise<FramesResult> {
    return this.socket.emitWithAck('frames', { epoch: this.epoch, schema: 1, frames });
  }

  /** Sends anything at all as an event. */
  sendAnything(event: string, payload: unknown): Promise<Result> {
    // What the types forbid is what is tested.
    const socket = this.socket as unknown as Socket;
    return socket.emitWithAck(event, payload) as Promise<Result>;
  }

  /** Closes the socket and waits until it is closed. */
  async leave(): Promise<void> {
    if (!this.socket.connected) return;
    const closed = next(this.socket, 'disconnect');
    this.socket.disconnect();
    await closed;
  }
}

export function newKeyPair(): { privateKey: KeyObject; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, publicKey: x };
}

/** Asks to join. */
export function requestEnrollment(url: string, change: object): Promise<Answer> {
  const request = { token: JOIN_TOKEN, hostname: 'web-1', tags: [], ...change };
  return new Client(url).post('/api/enroll', request);
}
