import { HOSTDECK_VERSION, type AgentSettings, type HostFacts } from '@hostdeck/contracts';
import { AgentSelfCollector } from '../collectors/agent-self';
import type { Collector } from '../collectors/collector';
import { Link, type LinkOptions, type LinkStatus } from '../link/link';
import { errorText } from '../log/error-text';
import type { Logger } from '../log/logger';
import type { Outbox } from '../outbox/outbox';
import { Sampler } from '../sampler/sampler';
import { Ticker } from '../sampler/ticker';
import type { EnrollmentState } from '../state/enrollment-state';
import { STATUS_INTERVAL, writeStatus } from './status-file';

export interface DaemonOptions {
  readonly enrollment: EnrollmentState;
  readonly stateDir: string;
  /** Sampling interval until the hub sets another, ms. */
  readonly interval: number;
  readonly collectors: readonly Collector[];
  readonly outbox: Outbox;
  readonly facts: () => Promise<HostFacts>;
  readonly logger: Logger;
  /** The host's clock; the system's unless given. */
  readonly clock?: () => number;
  /** Settings of the link other than the usual ones. */
  readonly link?: Pick<LinkOptions, 'backoff' | 'ackDeadline' | 'connectDeadline'>;
}

/** The running agent: samples at an interval, keeps the frames and brings them to the hub. */
export class Daemon {
  readonly #options: DaemonOptions;
  readonly #sampler: Sampler;
  readonly #ticker: Ticker;
  readonly #link: Link;
  readonly #startedAt = Date.now();
  #statusTimer: NodeJS.Timeout | null = null;

  constructor(options: DaemonOptions) {
    this.#options = options;
    const { collectors, outbox, logger, interval } = options;
    const own = new AgentSelfCollector(() => outbox.bytes);
    this.#sampler = new Sampler([...collectors, own], logger, options.clock);
    this.#ticker = new Ticker(interval, () => this.#tick());
    this.#link = new Link({
      ...options.link,
      enrollment: options.enrollment,
      outbox,
      logger,
      facts: options.facts,
      interval: () => this.#ticker.interval,
      applySettings: (settings) => this.#apply(settings),
      onState: () => this.#saveStatus(),
    });
  }

  /** How the connection to the hub is doing. */
  get link(): LinkStatus {
    return this.#link.status;
  }

  /** Begins to sample and to connect. */
  start(): void {
    this.#link.start();
    this.#ticker.start();
    this.#statusTimer = setInterval(() => this.#saveStatus(), STATUS_INTERVAL);
  }

  /** Stops sampling, brings the last frames over if the hub is there, says goodbye and gives everything back. */
  async stop(): Promise<void> {
    if (this.#statusTimer !== null) clearInterval(this.#statusTimer);
    await this.#ticker.stop();
    await this.#link.stop();
    await this.#options.outbox.close();
  }

  async #tick(): Promise<void> {
    const { outbox, logger } = this.#options;
    try {
      outbox.append(await this.#sampler.sample(this.#ticker.interval));
      this.#link.frameAdded();
    } catch (error) {
      // One frame is lost; the next tick comes.
      logger.repeated('tick', 'error', `a sample could not be made: ${errorText(error)}`);
    }
  }

  #apply({ interval }: AgentSettings): void {
    if (interval === this.#ticker.interval) return;
    this.#options.logger.info(`sampling every ${interval / 1000} s, as the hub asks`);
    this.#ticker.setInterval(interval);
  }

  #saveStatus(): void {
    const { stateDir, outbox, logger } = this.#options;
    const status = {
      pid: process.pid,
      version: HOSTDECK_VERSION,
      startedAt: this.#startedAt,
      writtenAt: Date.now(),
      link: this.#link.status,
      interval: this.#ticker.interval,
      skipped: this.#ticker.skipped,
      outbox: {
        frames: outbox.length,
        bytes: outbox.bytes,
        lost: outbox.lost,
        problem: outbox.problem,
      },
      collectors: this.#sampler.health,
    };
    try {
      writeStatus(stateDir, status);
    } catch (error) {
      logger.repeated('status', 'warn', `status could not be written: ${errorText(error)}`);
    }
  }
}
