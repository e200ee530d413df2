import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  AGENT_NAMESPACE,
  HOSTDECK_VERSION,
  PROTOCOL_VERSION,
  proofText,
  WIRE_LIMITS,
  type AgentToHubEvents,
  type Enrolled,
  type Frame,
  type FramesResult,
  type HubToAgentEvents,
} from '@hostdeck/contracts';
import { io, type Socket } from 'socket.io-client';
import { MAX_SIMULATED_SERIES, QUIET, SimulatedValues, type Character } from './simulated-values';

type AgentSocket = Socket<HubToAgentEvents, AgentToHubEvents>;

/** Who a simulated agent is and what its host is like. */
export interface SimulatedHost {
  readonly name: string;
  readonly tags?: readonly string[];
  readonly series?: number;
  readonly character?: Character;
  /** Frames it brings along from before, as after an outage. */
  readonly backlog?: number;
}

/** Where to join. */
export interface Hub {
  readonly url: string;
  readonly joinToken: string;
}

/** Sampling interval of simulated agents, ms. */
const INTERVAL = 2_000;

/** An agent that speaks the real protocol with its own key and socket, and makes its values up. */
export class SimulatedAgent {
  readonly epoch = randomBytes(8).toString('hex');
  private seq = 0;
  private readonly values: SimulatedValues;

  private constructor(
    readonly id: string,
    private readonly socket: AgentSocket,
    { series = MAX_SIMULATED_SERIES, character = QUIET }: SimulatedHost,
  ) {
    this.values = new SimulatedValues(series, character);
  }

  /** Enrolls, connects, proves, greets, and delivers the backlog. */
  static async join(hub: Hub, host: SimulatedHost): Promise<SimulatedAgent> {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const response = await fetch(`${hub.url}/api/enroll`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token: hub.joinToken,
        publicKey: publicKey.export({ format: 'jwk' }).x,
        hostname: host.name,
        tags: host.tags ?? [],
      }),
    });
    if (!response.ok) {
      throw new Error(`enrolling answered ${String(response.status)}: ${await response.text()}`);
    }
    const { agentId } = (await response.json()) as Enrolled;
    const socket = await connect(hub.url, agentId, privateKey);
    const agent = new SimulatedAgent(agentId, socket, host);
    await agent.greet(host);
    await agent.sendBacklog(host.backlog ?? 0);
    return agent;
  }

  private async greet({ name, backlog = 0 }: SimulatedHost): Promise<void> {
    const hello = await this.socket.emitWithAck('hello', {
      epoch: this.epoch,
      oldestSeq: backlog === 0 ? null : 0,
      newestSeq: backlog === 0 ? null : backlog - 1,
      sentAt: Date.now(),
      interval: INTERVAL,
      facts: {
        hostname: name,
        platform: 'linux',
        os: 'Debian GNU/Linux 12 (bookworm)',
        kernel: '6.1.0-28-amd64',
        architecture: 'x64',
        cpuModel: 'Simulated CPU',
        cpuCount: 8,
        memoryTotal: 16 * 2 ** 30,
        swapTotal: 0,
        bootId: this.epoch,
        bootedAt: Date.now() - 1e9,
        model: null,
        virtualization: null,
        agentVersion: HOSTDECK_VERSION,
      },
    });
    if (!hello.ok) throw new Error(`hello was refused: ${hello.message}`);
    const schema = await this.socket.emitWithAck('schema', {
      number: 1,
      series: [...this.values.keys],
    });
    if (!schema.ok) throw new Error(`the schema was refused: ${schema.message}`);
  }

  /** Sends one frame stamped with the time of sending, and resolves with the hub's answer. */
  sendFrame(): Promise<FramesResult> {
    return this.send([this.frameAt(Date.now())]);
  }

  close(): void {
    this.socket.disconnect();
  }

  private async sendBacklog(count: number): Promise<void> {
    const newest = Date.now() - INTERVAL;
    for (let sent = 0; sent < count; sent += WIRE_LIMITS.framesPerBatch) {
      const size = Math.min(WIRE_LIMITS.framesPerBatch, count - sent);
      const frames = Array.from({ length: size }, (_, index) =>
        this.frameAt(newest - (count - 1 - sent - index) * INTERVAL),
      );
      const result = await this.send(frames);
      if (!result.ok) throw new Error(`the backlog was refused: ${result.message}`);
    }
  }

  private frameAt(time: number): Frame {
    const seq = this.seq;
    this.seq += 1;
    return [seq, time, this.values.at(time)];
  }

  private send(frames: Frame[]): Promise<FramesResult> {
    return this.socket.emitWithAck('frames', { epoch: this.epoch, schema: 1, frames });
  }
}

/** Opens the socket and proves the identity; resolves once the hub has accepted it. */
function connect(url: string, agentId: string, privateKey: KeyObject): Promise<AgentSocket> {
  const nonce = randomBytes(32).toString('base64url');
  const socket: AgentSocket = io(`${url}${AGENT_NAMESPACE}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { agentId, nonce, protocol: { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION } },
  });
  return new Promise((resolve, reject) => {
    socket.once('connect_error', reject);
    socket.once('challenge', (challenge) => {
      const text = proofText('agent', { agentId, agentNonce: nonce, hubNonce: challenge.nonce });
      const signature = sign(null, Buffer.from(text), privateKey).toString('base64url');
      socket.emit('prove', { signature }, (result) => {
        if (result.ok) resolve(socket);
        else reject(new Error(`the proof was refused: ${result.message}`));
      });
    });
  });
}
