import type { AgentReport, Result } from '@hostdeck/contracts';
import { errorText } from '../log/error-text';
import type { Logger } from '../log/logger';
import type { PaceInForce } from '../sampler/pace';

/** Least time between two reports, ms: when the interval has changed, which the hub judges by whether a host is there, and else. */
const URGENT_GAP = 1_000;
const USUAL_GAP = 10_000;

/** Who takes reports. */
export interface ReportReceiver {
  /** @throws LinkError when there is no answer */
  report(report: AgentReport): Promise<Result>;
}

export interface ReporterOptions {
  /** The hub; `null` while there is no connection. */
  readonly receiver: () => ReportReceiver | null;
  /** How often the agent samples, and why. */
  readonly pace: () => PaceInForce;
  /** What of the agent is in trouble now. */
  readonly troubles: () => AgentReport['collectors'];
  readonly logger: Logger;
}

/** Tells the hub how the agent is doing: after every greeting, and when that has changed. */
export class Reporter {
  readonly #options: ReporterOptions;
  #receiver: ReportReceiver | null = null;
  /** As it was sent last. */
  #sent: AgentReport | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  /** What was reported last; `null` before the first time. */
  get last(): AgentReport | null {
    return this.#sent;
  }

  /** To be called at every tick and whenever the pace has changed: reports if there is something new, and it is time. */
  look(): void {
    const receiver = this.#options.receiver();
    if (receiver === null) return;
    const isNew = receiver !== this.#receiver;
    const { interval, reason } = this.#options.pace();
    const isUrgent = this.#sent?.interval !== interval || this.#sent.reason !== reason;
    const wait = this.#lookedAt + (isUrgent ? URGENT_GAP : USUAL_GAP) - performance.now();
    if (!isNew && wait > 0) {
      // The next tick may be a minute away.
      if (isUrgent) this.#timer ??= setTimeout(() => this.#lookAgain(), wait);
      return;
    }
    this.#lookedAt = performance.now();
    const report: AgentReport = { interval, reason, collectors: this.#options.troubles() };
    if (!isNew && JSON.stringify(report) === JSON.stringify(this.#sent)) return;
    this.#receiver = receiver;
    this.#sent = report;
    void this.#send(receiver, report);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #lookAgain(): void {
    this.#timer = null;
    this.look();
  }

  async #send(receiver: ReportReceiver, report: AgentReport): Promise<void> {
    const { logger } = this.#options;
    try {
      const result = await receiver.report(report);
      if (result.ok) return;
      logger.repeated('report', 'warn', `the hub refused the report: ${result.message}`);
    } catch (error) {
      // A hub of before there were reports does not answer, and does not miss them.
      logger.debug(`the report was not answered: ${errorText(error)}`);
    }
  }
}
