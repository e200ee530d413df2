import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostFacts } from '@hostdeck/contracts';
import type { Collector } from '../src/collectors/collector';
import { Daemon } from '../src/daemon/daemon';
import { enroll } from '../src/enrollment/enroll';
import { Backoff } from '../src/link/backoff';
import { Logger } from '../src/log/logger';
import { DiskOutbox } from '../src/outbox/disk-outbox';
import type { ProcessSources, ProcessSourcesOptions } from '../src/processes/platform-processes';
import type { Strain } from '../src/sampler/pace';
import { SettingsKeeper } from '../src/settings/settings-keeper';
import type { EnrollmentState } from '../src/state/enrollment-state';
import { JOIN_TOKEN, type TestHub } from './test-hub';

const FACTS: HostFacts = {
  hostname: 'test',
  platform: 'linux',
  os: null,
  kernel: null,
  architecture: 'x64',
  cpuModel: null,
  cpuCount: null,
  memoryTotal: null,
  swapTotal: null,
  bootId: null,
  bootedAt: null,
  model: null,
  virtualization: null,
  agentVersion: '0.0.0',
};

export interface AgentOptions {
  readonly ackDeadline?: number;
  readonly connectDeadline?: number;
  /** Frames that a process before this one has left in the outbox. */
  readonly backlog?: number;
  /** Address at which the agent looks for the hub; the hub's own unless given. */
  readonly hub?: string;
  /** The host's clock. */
  readonly clock?: () => number;
  /** What tells of processes; without it there are none. */
  readonly processes?: (options: ProcessSourcesOptions) => ProcessSources;
  readonly strain?: () => Strain;
  readonly collectors?: readonly Collector[];
}

const NO_PROCESSES: ProcessSources = {
  scanner: {
    scan: () => Promise.resolve({ at: 0, total: 0, memoryTotal: null, processes: [] }),
    forget: () => undefined,
  },
  culprits: { problem: null, sample: () => Promise.resolve([]) },
};

/** An agent in this process that is enrolled at a hub and samples a single number every second. */
export class AgentUnderTest {
  readonly log: string[] = [];
  readonly outbox: DiskOutbox;
  readonly daemon: Daemon;
  readonly stateDir: string;
  readonly #enrollment: EnrollmentState;

  private constructor(enrollment: EnrollmentState, stateDir: string, options: AgentOptions) {
    const { ackDeadline = 5_000, connectDeadline = 5_000, hub, clock = () => Date.now() } = options;
    this.stateDir = stateDir;
    this.#enrollment = enrollment;
    const logger = new Logger({ level: 'debug', write: (line) => this.log.push(line) });
    const { agentId } = enrollment;
    this.outbox = new DiskOutbox({ directory: join(stateDir, 'outbox'), agentId, logger });
    const settings = new SettingsKeeper({ stateDir, configured: 1_000, logger });
    this.daemon = new Daemon({
      enrollment: { ...enrollment, hub: hub ?? enrollment.hub },
      stateDir,
      settings,
      collectors: options.collectors ?? [steadyCollector()],
      ...(options.processes?.({ settings: () => settings.current, logger }) ?? NO_PROCESSES),
      strain: options.strain ?? (() => ({ onBattery: false, underPressure: false })),
      outbox: this.outbox,
      facts: () => Promise.resolve(FACTS),
      logger,
      clock,
      // A tenth of the usual wait.
      link: { ackDeadline, connectDeadline, backoff: new Backoff(() => 0.1) },
    });
  }

  /** Enrolls at the hub; connects when {@link daemon} is started. */
  static async join(hub: TestHub, options: AgentOptions = {}): Promise<AgentUnderTest> {
    const stateDir = mkdtempSync(join(tmpdir(), 'hostdeck-agent-'));
    const enrollment = await enroll({ hub: hub.url, token: JOIN_TOKEN, tags: [], stateDir });
    const directory = join(stateDir, 'outbox');
    const logger = new Logger({ level: 'error', write: () => undefined });
    const before = new DiskOutbox({ directory, agentId: enrollment.agentId, logger });
    fill(before, options.backlog ?? 0);
    await before.close();
    return new AgentUnderTest(enrollment, stateDir, options);
  }

  /** The same agent as a new process, when this one has stopped. */
  again(options: AgentOptions = {}): AgentUnderTest {
    return new AgentUnderTest(this.#enrollment, this.stateDir, options);
  }

  /** Puts frames into the outbox, as if the hub had not been there for a while. */
  addBacklog(frames: number): void {
    fill(this.outbox, frames);
  }

  async dispose(): Promise<void> {
    await this.daemon.stop();
    rmSync(this.stateDir, { recursive: true });
  }
}

function fill(outbox: DiskOutbox, frames: number): void {
  const schema = { series: ['uptime'] };
  for (let count = 0; count < frames; count += 1) {
    outbox.append({ time: 1_000_000 + count, schema, values: [count] });
  }
}

/** Says one and the same number at every tick. */
export function steadyCollector(): Collector {
  return {
    name: 'steady',
    cadence: 0,
    deadline: 1_000,
    metrics: ['uptime'],
    collect(sink): undefined {
      sink.add('uptime', null, 42);
    },
  };
}
