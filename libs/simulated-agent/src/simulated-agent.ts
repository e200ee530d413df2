import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  HOSTDECK_VERSION,
  PROCESS_LIMITS,
  WIRE_LIMITS,
  type Culprit,
  type Enrolled,
  type Frame,
  type FramesResult,
} from '@hostdeck/contracts';
import { prove, throwRefusal, TryAgainError, type AgentSocket } from './connection';
import { SimulatedProcesses, type SimulatedService } from './simulated-processes';
import { MAX_SIMULATED_SERIES, QUIET, SimulatedValues, type Character } from './simulated-values';

/** Who a simulated agent is and what its host is like. */
export interface SimulatedHost {
  readonly name: string;
  readonly tags?: readonly string[];
  readonly series?: number;
  readonly character?: Character;
  /** Frames it brings along from before, as after an outage. */
  readonly backlog?: number;
  /** Sampling interval, ms. */
  readonly interval?: number;
  /** Makes the values up; without: {@link SimulatedValues} of the character. */
  readonly values?: ValueSource;
  /** Whether its frames carry culprits, as often as those of an agent. */
  readonly withCulprits?: boolean;
  /** What runs on it; without: what a small server runs. */
  readonly services?: readonly SimulatedService[];
  /** Processes it has to show while somebody looks; without: none. */
  readonly processCount?: number;
}

/** Where a simulated host's values come from. */
export interface ValueSource {
  readonly keys: readonly string[];
  /** All values at a time, in the order of the keys. */
  at(time: number): (number | null)[];
}

/** Where to join. */
export interface Hub {
  readonly url: string;
  readonly joinToken: string;
}

/** Sampling interval of simulated agents unless said otherwise, ms. */
const INTERVAL = 2_000;
/** Batches of the backlog sent and not yet answered. */
const BACKLOG_IN_FLIGHT = 3;

/** An agent that speaks the real protocol with its own key and socket, keeps its frames until they are acked, and makes its values up. */
export class SimulatedAgent {
  readonly epoch = randomBytes(8).toString('hex');
  private seq = 0;
  private readonly unacked = new Map<number, Frame>();
  private readonly values: ValueSource;
  private readonly interval: number;
  private readonly processes: SimulatedProcesses | null;
  /** Time of the last frame with culprits; at the beginning somewhere in the cadence, as of hosts that were started at some time. */
  private culpritsAt = -Math.random() * PROCESS_LIMITS.culpritCadence;
  private socket: AgentSocket | null = null;
  private scanning: NodeJS.Timeout | undefined;

  private constructor(
    readonly id: string,
    private readonly privateKey: KeyObject,
    private readonly host: SimulatedHost,
  ) {
    this.values =
      host.values ??
      new SimulatedValues(host.series ?? MAX_SIMULATED_SERIES, host.character ?? QUIET);
    this.interval = host.interval ?? INTERVAL;
    this.processes = host.withCulprits === true ? new SimulatedProcesses(host.services) : null;
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
    const agent = new SimulatedAgent(agentId, privateKey, host);
    agent.collect(host.backlog ?? 0, Date.now() - agent.interval);
    await agent.connect(hub.url);
    await agent.deliverBacklog();
    return agent;
  }

  /** How many frames have been made and not acked. */
  get waiting(): number {
    return this.unacked.size;
  }

  /** Makes frames without sending them, as while the hub is away: `count` of them, the newest of the time `newest`. */
  collect(count: number, newest: number): void {
    for (let before = count - 1; before >= 0; before -= 1) {
      this.makeFrame(newest - before * this.interval);
    }
  }

  /** Connects, again if need be: a hub that is busy or not there yet is asked until it takes the connection. */
  async connect(url: string): Promise<void> {
    for (;;) {
      try {
        this.socket = await prove(url, this.id, this.privateKey);
        await this.greet(this.socket);
        return;
      } catch (error) {
        this.socket?.disconnect();
        this.socket = null;
        if (!(error instanceof TryAgainError)) throw error;
        await delay(error.after);
      }
    }
  }

  /** Sends what waits from before, in batches; resolves when all of it is acked. New frames may be sent meanwhile. */
  async deliverBacklog(): Promise<void> {
    const frames = [...this.unacked.values()];
    const batches = Array.from(
      { length: Math.ceil(frames.length / WIRE_LIMITS.framesPerBatch) },
      (_, index) =>
        frames.slice(index * WIRE_LIMITS.framesPerBatch, (index + 1) * WIRE_LIMITS.framesPerBatch),
    );
    const ship = async () => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        await this.sendUntilTaken(batch);
      }
    };
    await Promise.all(Array.from({ length: BACKLOG_IN_FLIGHT }, ship));
  }

  /** Sends one frame stamped with the time of sending, and resolves with the hub's answer. */
  sendFrame(): Promise<FramesResult> {
    return this.send([this.makeFrame(Date.now())]);
  }

  close(): void {
    clearInterval(this.scanning);
    this.socket?.disconnect();
    this.socket = null;
  }

  /** Sends scans of its processes while somebody looks at them. */
  private look(socket: AgentSocket, looks: boolean): void {
    const count = this.host.processCount;
    if (!looks || count === undefined) {
      clearInterval(this.scanning);
      this.scanning = undefined;
      return;
    }
    if (this.scanning !== undefined) return;
    const processes = new SimulatedProcesses(this.host.services);
    let first = true;
    const scan = () => {
      for (const part of processes.scan(Date.now(), count, first)) {
        socket.emit('processes', part, () => undefined);
      }
      first = false;
    };
    this.scanning = setInterval(scan, this.interval);
    scan();
  }

  private async greet(socket: AgentSocket): Promise<void> {
    socket.on('focus', ({ lease, processes }) => {
      this.look(socket, lease > 0 && processes);
    });
    const seqs = [...this.unacked.keys()];
    const hello = await socket.emitWithAck('hello', {
      epoch: this.epoch,
      oldestSeq: seqs[0] ?? null,
      newestSeq: seqs.at(-1) ?? null,
      sentAt: Date.now(),
      interval: this.interval,
      facts: {
        hostname: this.host.name,
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
    throwRefusal(hello);
    for (const [first, last] of hello.stored) {
      for (let seq = first; seq <= last; seq += 1) this.unacked.delete(seq);
    }
    throwRefusal(await socket.emitWithAck('schema', { number: 1, series: [...this.values.keys] }));
  }

  private async sendUntilTaken(frames: Frame[]): Promise<void> {
    for (;;) {
      const result = await this.send(frames);
      if (result.ok) return;
      if (result.code !== 'busy' && result.code !== 'storage') {
        throw new Error(`frames were refused: ${result.message}`);
      }
      await delay(result.retryAfter ?? 1_000);
    }
  }

  private makeFrame(time: number): Frame {
    const values = this.values.at(time);
    const culprits = this.culprits(time);
    const frame: Frame =
      culprits === null ? [this.seq, time, values] : [this.seq, time, values, culprits];
    this.unacked.set(this.seq, frame);
    this.seq += 1;
    return frame;
  }

  private culprits(time: number): Culprit[] | null {
    const { processes, interval } = this;
    if (processes === null) return null;
    if (this.culpritsAt < 0) this.culpritsAt += time;
    if (time - this.culpritsAt < PROCESS_LIMITS.culpritCadence - interval / 2) return null;
    this.culpritsAt = time;
    return processes.culprits(time);
  }

  private async send(frames: Frame[]): Promise<FramesResult> {
    const { socket } = this;
    // Socket.IO would keep what is sent over a closed connection, and nobody would ever answer.
    if (socket?.connected !== true) throw new Error('not connected');
    const result = await socket.emitWithAck('frames', { epoch: this.epoch, schema: 1, frames });
    if (result.ok) for (const [seq] of frames) this.unacked.delete(seq);
    return result;
  }
}
