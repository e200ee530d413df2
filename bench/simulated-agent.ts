import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  AGENT_NAMESPACE,
  HOSTDECK_VERSION,
  METRICS,
  PROTOCOL_VERSION,
  proofText,
  quantize,
  type AgentToHubEvents,
  type Enrolled,
  type FramesResult,
  type HubToAgentEvents,
  type MetricId,
} from '@hostdeck/contracts';
import { io, type Socket } from 'socket.io-client';
import { JOIN_TOKEN } from './programs';

type AgentSocket = Socket<HubToAgentEvents, AgentToHubEvents>;

/** Metrics of the simulated hosts by their instances, so that a host has some 80 series as a small server has. */
const SHAPE: readonly (readonly [MetricId, readonly string[]])[] = [
  ...(
    [
      'cpu.busy',
      'cpu.user',
      'cpu.system',
      'cpu.iowait',
      'cpu.steal',
      'load.1',
      'load.5',
      'load.15',
      'memory.used',
      'memory.available',
      'memory.cached',
      'memory.buffers',
      'memory.used_share',
      'swap.used',
      'swap.in',
      'swap.out',
      'pressure.cpu.some',
      'pressure.memory.some',
      'pressure.memory.full',
      'pressure.io.some',
      'pressure.io.full',
      'disk.total.read_bytes',
      'disk.total.write_bytes',
      'network.total.receive_bytes',
      'network.total.transmit_bytes',
      'tcp.established',
      'tcp.retransmits',
      'processes.total',
      'processes.running',
      'processes.blocked',
      'uptime',
      'agent.cpu',
      'agent.memory',
    ] as const
  ).map((metric): [MetricId, string[]] => [metric, []]),
  ['cpu.core.busy', ['0', '1', '2', '3', '4', '5', '6', '7']],
  ['disk.read_bytes', ['sda', 'sdb']],
  ['disk.write_bytes', ['sda', 'sdb']],
  ['disk.read_ops', ['sda', 'sdb']],
  ['disk.write_ops', ['sda', 'sdb']],
  ['disk.busy', ['sda', 'sdb']],
  ['disk.await', ['sda', 'sdb']],
  ['filesystem.used', ['/', '/home', '/srv']],
  ['filesystem.free', ['/', '/home', '/srv']],
  ['filesystem.used_share', ['/', '/home', '/srv']],
  ['filesystem.inodes_used', ['/', '/home', '/srv']],
  ['network.receive_bytes', ['eth0', 'eth1']],
  ['network.transmit_bytes', ['eth0', 'eth1']],
  ['network.receive_errors', ['eth0', 'eth1']],
  ['network.transmit_errors', ['eth0', 'eth1']],
  ['network.receive_drops', ['eth0', 'eth1']],
  ['sensor.temperature', ['package', 'nvme', 'board', 'inlet', 'outlet']],
];

const SERIES = SHAPE.flatMap(([metric, instances]) =>
  instances.length === 0
    ? [{ metric, key: metric }]
    : instances.map((instance) => ({ metric, key: `${metric}{${instance}}` })),
);

/** Size around which a metric's simulated values wander. */
function scale(metric: MetricId): number {
  switch (METRICS[metric].unit) {
    case 'percent':
      return 30;
    case 'bytes':
      return 4e9;
    case 'bytes_per_second':
      return 2e6;
    case 'seconds':
      return 1e6;
    case 'per_second':
    case 'count':
    case 'load':
    case 'milliseconds':
    case 'celsius':
    case 'rpm':
    case 'watts':
      return 50;
  }
}

/** An agent that speaks the real protocol with its own key and socket, and makes its values up. */
export class SimulatedAgent {
  readonly epoch = randomBytes(8).toString('hex');
  private seq = 0;
  private readonly values: number[];
  private readonly metrics: readonly MetricId[];

  private constructor(
    readonly id: string,
    private readonly socket: AgentSocket,
    seriesCount: number,
  ) {
    this.metrics = SERIES.slice(0, seriesCount).map(({ metric }) => metric);
    this.values = this.metrics.map((metric) => scale(metric) * Math.random());
  }

  /** Enrolls, connects, proves and greets. */
  static async join(url: string, index: number, seriesCount: number): Promise<SimulatedAgent> {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const hostname = `bench-${String(index).padStart(5, '0')}`;
    const response = await fetch(`${url}/api/enroll`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token: JOIN_TOKEN,
        publicKey: publicKey.export({ format: 'jwk' }).x,
        hostname,
      }),
    });
    if (!response.ok) throw new Error(`enrolling answered ${String(response.status)}`);
    const { agentId } = (await response.json()) as Enrolled;
    const socket = await connect(url, agentId, privateKey);
    const agent = new SimulatedAgent(agentId, socket, seriesCount);
    await agent.greet(hostname);
    return agent;
  }

  private async greet(hostname: string): Promise<void> {
    const hello = await this.socket.emitWithAck('hello', {
      epoch: this.epoch,
      oldestSeq: null,
      newestSeq: null,
      sentAt: Date.now(),
      interval: 2_000,
      facts: {
        hostname,
        platform: 'linux',
        os: 'Simulated',
        kernel: '6.1.0',
        architecture: 'x64',
        cpuModel: 'Simulated CPU',
        cpuCount: 8,
        memoryTotal: 16 * 2 ** 30,
        swapTotal: 0,
        bootId: this.epoch,
        bootedAt: Date.now(),
        model: null,
        virtualization: null,
        agentVersion: HOSTDECK_VERSION,
      },
    });
    if (!hello.ok) throw new Error(`hello was refused: ${hello.message}`);
    const schema = await this.socket.emitWithAck('schema', {
      number: 1,
      series: SERIES.slice(0, this.metrics.length).map(({ key }) => key),
    });
    if (!schema.ok) throw new Error(`the schema was refused: ${schema.message}`);
  }

  /** Sends one frame stamped with the time of sending, and resolves with the hub's answer. */
  sendFrame(): Promise<FramesResult> {
    const seq = this.seq;
    this.seq += 1;
    const values = this.metrics.map((metric, index) => {
      const wander = (Math.random() - 0.5) * 0.1 * scale(metric);
      const value = Math.abs((this.values[index] ?? 0) + wander);
      this.values[index] = value;
      return quantize(metric, value);
    });
    return this.socket.emitWithAck('frames', {
      epoch: this.epoch,
      schema: 1,
      frames: [[seq, Date.now(), values]],
    });
  }

  close(): void {
    this.socket.disconnect();
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

/** Most series a simulated host can have. */
export const MAX_SIMULATED_SERIES = SERIES.length;
