import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostFacts } from '@hostdeck/contracts';
import type { Collector } from '../src/collectors/collector';
import { Daemon } from '../src/daemon/daemon';
import { enroll } from '../src/enrollment/enroll';
import { Backoff } from '../src/link/backoff';
import { Logger } from '../src/log/logger';
import { MemoryOutbox } from '../src/outbox/memory-outbox';
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

/** An agent in this process that is enrolled at a hub and samples a single number every second. */
export class AgentUnderTest {
  readonly log: string[] = [];
  readonly outbox = new MemoryOutbox();
  readonly daemon: Daemon;
  readonly stateDir: string;

  private constructor(stateDir: string, daemon: (agent: AgentUnderTest) => Daemon) {
    this.stateDir = stateDir;
    this.daemon = daemon(this);
  }

  /** Enrolls at the hub; connects when {@link daemon} is started. */
  static async join(
    hub: TestHub,
    { ackDeadline = 5_000, interval = 1_000 } = {},
  ): Promise<AgentUnderTest> {
    const stateDir = mkdtempSync(join(tmpdir(), 'hostdeck-agent-'));
    const enrollment = await enroll({ hub: hub.url, token: JOIN_TOKEN, tags: [], stateDir });
    return new AgentUnderTest(
      stateDir,
      ({ outbox, log }) =>
        new Daemon({
          enrollment,
          stateDir,
          interval,
          collectors: [steadyCollector()],
          outbox,
          facts: () => Promise.resolve(FACTS),
          logger: new Logger({ level: 'debug', write: (line) => log.push(line) }),
          // A tenth of the usual wait.
          link: { ackDeadline, backoff: new Backoff(() => 0.1) },
        }),
    );
  }

  /** Puts frames into the outbox, as if the hub had not been there for a while. */
  addBacklog(frames: number): void {
    const schema = { number: 1_000, series: ['uptime'] };
    for (let count = 0; count < frames; count += 1) {
      this.outbox.append({ time: 1_000_000 + count, schema, values: [count] });
    }
  }

  async dispose(): Promise<void> {
    await this.daemon.stop();
    rmSync(this.stateDir, { recursive: true });
  }
}

function steadyCollector(): Collector {
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
