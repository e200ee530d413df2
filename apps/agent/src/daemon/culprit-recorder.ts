import { PROCESS_LIMITS, type AgentReport, type Culprit } from '@hostdeck/contracts';
import { errorText } from '../log/error-text';
import type { Logger } from '../log/logger';
import type { CulpritSource } from '../processes/host-processes';
import { DeadlineError, withDeadline } from '../timing/deadline';

/** How much before its time a pass may begin, ms, so that a tick that is a little early does not put it off by a whole one. */
const EARLY = 100;
/** Longest a frame waits for the pass that began with it, ms; then the culprits are in the next. */
const PATIENCE = 500;

type Troubles = AgentReport['collectors'];

/** Samples the culprits every ten seconds, for the frame of that tick. */
export class CulpritRecorder {
  readonly #source: CulpritSource;
  readonly #logger: Logger;
  #startedAt: number | null = null;
  #underWay: Promise<void> | null = null;
  /** What waits for a frame. */
  #found: readonly Culprit[] | null = null;
  #trouble: Troubles[number] | null = null;

  constructor(source: CulpritSource, logger: Logger) {
    this.#source = source;
    this.#logger = logger;
  }

  /** Why there are no culprits: nothing, or one line. */
  get troubles(): Troubles {
    return this.#trouble === null ? [] : [this.#trouble];
  }

  /** Begins a pass if it is time and none is under way. @param now monotonic time of the tick, ms */
  begin(now: number): void {
    const since = this.#startedAt === null ? null : now - this.#startedAt;
    if (this.#underWay !== null) return;
    if (since !== null && since < PROCESS_LIMITS.culpritCadence - EARLY) return;
    this.#startedAt = now;
    this.#underWay = this.#sample(now).finally(() => {
      this.#underWay = null;
    });
  }

  /** What was found and is in no frame yet; `null` when there is nothing. Waits a little for a pass under way. */
  async take(): Promise<readonly Culprit[] | null> {
    if (this.#underWay !== null) {
      try {
        await withDeadline(this.#underWay, PATIENCE);
      } catch (error) {
        if (!(error instanceof DeadlineError)) throw error;
      }
    }
    const found = this.#found;
    this.#found = null;
    return found;
  }

  /** Resolves when no pass is under way. */
  async stop(): Promise<void> {
    await this.#underWay;
  }

  async #sample(now: number): Promise<void> {
    try {
      this.#found = await this.#source.sample(now);
      this.#note('limited', this.#source.problem);
    } catch (error) {
      const message = errorText(error).slice(0, 500);
      this.#note('failing', message);
      this.#logger.repeated('culprits', 'warn', `culprits: ${message}`);
    }
  }

  #note(trouble: Troubles[number]['trouble'], message: string | null): void {
    const since = this.#trouble?.trouble === trouble ? this.#trouble.since : Date.now();
    this.#trouble = message === null ? null : { name: 'culprits', trouble, message, since };
  }
}
