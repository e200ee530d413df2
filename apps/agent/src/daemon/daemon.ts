import { HOSTDECK_VERSION, type AgentSettings, type HostFacts } from '@hostdeck/contracts';
import { AgentSelfCollector } from '../collectors/agent-self';
import type { Collector } from '../collectors/collector';
import { Link, type LinkOptions, type LinkStatus } from '../link/link';
import { errorText } from '../log/error-text';
import type { Logger } from '../log/logger';
import type { Outbox } from '../outbox/outbox';
import type { CulpritSource, ProcessScanner } from '../processes/host-processes';
import { ProcessStream } from '../processes/process-stream';
import { Pace, type Strain } from '../sampler/pace';
import { Sampler, type SampledFrame } from '../sampler/sampler';
import { Ticker } from '../sampler/ticker';
import type { SettingsKeeper } from '../settings/settings-keeper';
import type { EnrollmentState } from '../state/enrollment-state';
import { CulpritRecorder } from './culprit-recorder';
import { FocusLease } from './focus-lease';
import { Reporter } from './reporter';
import { STATUS_INTERVAL, writeStatus } from './status-file';
import { troublesOf } from './troubles';

/** Time from one look at what the host is short of to the next, ms. */
const STRAIN_CADENCE = 10_000;

export interface DaemonOptions {
  readonly enrollment: EnrollmentState;
  readonly stateDir: string;
  readonly settings: SettingsKeeper;
  readonly collectors: readonly Collector[];
  readonly scanner: ProcessScanner;
  readonly culprits: CulpritSource;
  /** What the host is short of at monotonic time `now`, ms. */
  readonly strain: (now: number) => Strain;
  readonly outbox: Outbox;
  readonly facts: () => Promise<HostFacts>;
  readonly logger: Logger;
  /** The host's clock; the system's unless given. */
  readonly clock?: () => number;
  /** Settings of the link other than the usual ones. */
  readonly link?: Pick<LinkOptions, 'backoff' | 'ackDeadline' | 'connectDeadline'>;
}

/** The running agent: samples at an interval, keeps the frames and brings them to the hub, and the processes while somebody looks. */
export class Daemon {
  readonly #options: DaemonOptions;
  readonly #sampler: Sampler;
  readonly #pace: Pace;
  readonly #ticker: Ticker;
  readonly #link: Link;
  readonly #culprits: CulpritRecorder;
  readonly #stream: ProcessStream;
  readonly #focus: FocusLease;
  readonly #reporter: Reporter;
  readonly #startedAt = Date.now();
  #statusTimer: NodeJS.Timeout | null = null;
  #strainReadAt = Number.NEGATIVE_INFINITY;
  #skipped = 0;

  constructor(options: DaemonOptions) {
    this.#options = options;
    const { collectors, outbox, logger, settings } = options;
    const own = new AgentSelfCollector(() => outbox.bytes);
    this.#sampler = new Sampler([...collectors, own], logger, options.clock);
    this.#sampler.turnOff(settings.current.disabled);
    this.#pace = new Pace(settings.current);
    this.#ticker = new Ticker(this.#pace.inForce.interval, () => this.#tick());
    this.#culprits = new CulpritRecorder(options.culprits, logger);
    this.#focus = new FocusLease(() => this.#focusChanged());
    this.#link = new Link({
      ...options.link,
      enrollment: options.enrollment,
      outbox,
      logger,
      facts: options.facts,
      interval: settings.configured,
      applySettings: (message) => this.#apply(message),
      applyFocus: (focus) => this.#focus.take(focus),
      onState: (state) => {
        if (state === 'online') this.#greeted();
        this.#saveStatus();
      },
    });
    this.#stream = new ProcessStream({
      scanner: options.scanner,
      receiver: () => this.#link.session,
      logger,
    });
    this.#reporter = new Reporter({
      receiver: () => this.#link.session,
      pace: () => this.#pace.inForce,
      troubles: () => troublesOf(this.#sampler.health, settings, this.#culprits.troubles),
      logger,
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
    this.#focus.end();
    this.#reporter.stop();
    await this.#ticker.stop();
    await this.#culprits.stop();
    await this.#link.stop();
    await this.#stream.stop();
    await this.#options.outbox.close();
  }

  async #tick(): Promise<void> {
    const { outbox, logger } = this.#options;
    const startedAt = performance.now();
    try {
      outbox.append(await this.#sample(startedAt));
      this.#link.frameAdded();
    } catch (error) {
      // One frame is lost; the next tick comes.
      logger.repeated('tick', 'error', `a sample could not be made: ${errorText(error)}`);
    }
    const skipped = this.#ticker.skipped - this.#skipped;
    this.#skipped = this.#ticker.skipped;
    this.#pace.note({ took: performance.now() - startedAt, skipped });
    this.#feelStrain(startedAt);
    this.#keepPace();
    this.#stream.tick();
  }

  async #sample(now: number): Promise<SampledFrame> {
    const isOff = this.#options.settings.current.disabled.includes('processes');
    if (!isOff) this.#culprits.begin(now);
    const frame = await this.#sampler.sample(this.#ticker.interval);
    const culprits = await this.#culprits.take();
    return culprits === null || isOff ? frame : { ...frame, culprits };
  }

  #feelStrain(now: number): void {
    if (now - this.#strainReadAt < STRAIN_CADENCE) return;
    this.#strainReadAt = now;
    try {
      this.#pace.feel(this.#options.strain(now));
    } catch (error) {
      this.#options.logger.repeated(
        'strain',
        'warn',
        `power and pressure could not be read: ${errorText(error)}`,
      );
    }
  }

  /** Puts the pace in force, and says so when it has changed. */
  #keepPace(): void {
    const { interval, reason } = this.#pace.inForce;
    if (interval !== this.#ticker.interval) {
      this.#options.logger.debug(`sampling every ${interval / 1000} s (${reason})`);
      this.#ticker.setInterval(interval);
    }
    this.#reporter.look();
  }

  #apply(message: unknown): void {
    const { settings, logger } = this.#options;
    if (settings.apply(message)) {
      logger.info('settings of the hub are in force');
      this.#settingsChanged(settings.current);
    }
    this.#reporter.look();
  }

  #settingsChanged(settings: AgentSettings): void {
    this.#sampler.turnOff(settings.disabled);
    this.#pace.set(settings);
    this.#stream.restart();
    this.#keepPace();
    this.#saveStatus();
  }

  #focusChanged(): void {
    this.#pace.watch(this.#focus.isOn);
    this.#keepPace();
    this.#stream.turn(this.#focus.wantsProcesses);
  }

  /** The connection is there: what waits for it goes on. */
  #greeted(): void {
    this.#reporter.look();
    this.#stream.tick();
  }

  #saveStatus(): void {
    const { stateDir, outbox, settings, logger } = this.#options;
    const { interval, reason } = this.#pace.inForce;
    const status = {
      pid: process.pid,
      version: HOSTDECK_VERSION,
      startedAt: this.#startedAt,
      writtenAt: Date.now(),
      link: this.#link.status,
      interval,
      reason,
      skipped: this.#ticker.skipped,
      settings: settings.current,
      focus: {
        isOn: this.#focus.isOn,
        processes: this.#focus.wantsProcesses,
        lastScan: this.#stream.cost,
      },
      troubles: troublesOf([], settings, this.#culprits.troubles),
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
