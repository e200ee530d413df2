import { setTimeout as delay } from 'node:timers/promises';
import {
  PROTOCOL_VERSION,
  type AgentReport,
  type Focus,
  type HostFacts,
  type Result,
  type SeqRange,
  type WireLimits,
} from '@hostdeck/contracts';
import { createNonce } from '../identity/keys';
import { errorText } from '../log/error-text';
import type { Logger } from '../log/logger';
import type { Outbox } from '../outbox/outbox';
import type { EnrollmentState } from '../state/enrollment-state';
import { DeadlineError } from '../timing/deadline';
import { Backoff } from './backoff';
import { shakeHands } from './handshake';
import type { ScanReceiver } from '../processes/process-stream';
import { HubConnection } from './hub-connection';
import { LinkError } from './link-error';
import { Shipper, type ShippingCounts } from './shipper';

/** Where the connection stands. */
export type LinkState = 'offline' | 'connecting' | 'proving' | 'greeting' | 'online' | 'waiting';

/** Longest time at the end to bring the last frames to the hub, ms. */
const LAST_FRAMES_DEADLINE = 2_000;
/** Longest wait for the answer to a batch, ms. */
const ACK_DEADLINE = 10_000;

export interface LinkOptions {
  readonly enrollment: EnrollmentState;
  readonly outbox: Outbox;
  /** What is said of the host in `hello`. */
  readonly facts: () => Promise<HostFacts>;
  /** Sampling interval of the agent's own configuration, ms. */
  readonly interval: number;
  /** Told of settings the hub sends, which are not looked at before. */
  readonly applySettings: (settings: unknown) => void;
  readonly applyFocus: (focus: Focus) => void;
  /** Told of every change of state. */
  readonly onState: (state: LinkState) => void;
  readonly logger: Logger;
  readonly backoff?: Backoff;
  /** Longest wait for the answer to a batch, ms; 10 s unless given. */
  readonly ackDeadline?: number;
  /** Longest wait for a connection, ms; 10 s unless given. */
  readonly connectDeadline?: number;
}

/** What takes more than frames, while the link is online. */
export interface HubSession extends ScanReceiver {
  report(report: AgentReport): Promise<Result>;
}

/** What is known of the link, for `status`. */
export interface LinkStatus extends Readonly<ShippingCounts> {
  readonly state: LinkState;
  /** Why there was no connection last time; `null` while there is one. */
  readonly problem: string | null;
  /** The host's clock minus the hub's, ms, at the last hello; `null` before the first. */
  readonly clockOffset: number | null;
}

/** Keeps a connection to the hub and brings the outbox's frames over it: one loop that owns the connection. */
export class Link {
  readonly #options: LinkOptions;
  readonly #backoff: Backoff;
  readonly #counts: ShippingCounts = { stored: 0, setAside: 0, lastAckAt: null };
  #state: LinkState = 'offline';
  #problem: string | null = null;
  #clockOffset: number | null = null;
  #shipper: Shipper | null = null;
  #session: HubSession | null = null;
  #loop: Promise<void> | null = null;
  #stopping = false;
  /** Whether the hub was greeted before; only then may it have frames of this process. */
  #hasGreeted = false;
  /** Ends what the loop waits for. */
  #interrupt: (() => void) | null = null;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#backoff = options.backoff ?? new Backoff();
  }

  get status(): LinkStatus {
    return {
      ...this.#counts,
      state: this.#state,
      problem: this.#problem,
      clockOffset: this.#clockOffset,
    };
  }

  /** The hub, while the link is online. */
  get session(): HubSession | null {
    return this.#session;
  }

  /** Begins to connect. */
  start(): void {
    this.#loop ??= this.#run();
  }

  /** To be called when a frame was added to the outbox. */
  frameAdded(): void {
    this.#shipper?.ship();
  }

  /** Brings the last frames over if the link is online, says goodbye and closes. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#interrupt?.();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#isStopping()) {
      const error = await this.#connectOnce();
      if (this.#isStopping()) break;
      this.#problem = error.message;
      this.#report(error);
      this.#enter('waiting');
      await this.#wait(this.#backoff.next(error.minimumWait));
    }
    this.#enter('offline');
  }

  // A method, because it changes while the loop waits.
  #isStopping(): boolean {
    return this.#stopping;
  }

  async #wait(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** One connection from its opening to its end. @returns why it ended */
  async #connectOnce(): Promise<LinkError> {
    const { enrollment, ackDeadline = ACK_DEADLINE, connectDeadline } = this.#options;
    const agentNonce = createNonce();
    const protocol = { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION };
    const connection = new HubConnection({
      hub: enrollment.hub,
      auth: { agentId: enrollment.agentId, nonce: agentNonce, protocol },
      ackDeadline,
      connectDeadline,
    });
    this.#interrupt = () => connection.close();
    try {
      this.#enter('connecting');
      await connection.open();
      this.#enter('proving');
      await shakeHands(connection, enrollment, agentNonce);
      this.#enter('greeting');
      const limits = await this.#greet(connection);
      await this.#beOnline(connection, limits);
      return new LinkError('closed', 'stopped');
    } catch (error) {
      if (error instanceof LinkError) return error;
      const trouble = error instanceof DeadlineError ? 'silent' : 'protocol';
      return new LinkError(trouble, `the hub at ${enrollment.hub}: ${errorText(error)}`);
    } finally {
      connection.close();
    }
  }

  /** Says hello, forgets what the hub has and takes its settings. @returns the hub's limits */
  async #greet(connection: HubConnection): Promise<WireLimits> {
    const { outbox, facts, interval, applySettings, applyFocus } = this.#options;
    connection.onSettings(applySettings);
    connection.onFocus(applyFocus);
    const own = await facts();
    const sentAt = Date.now();
    const result = await connection.hello({
      epoch: outbox.epoch,
      oldestSeq: outbox.oldestSeq,
      newestSeq: outbox.newestSeq,
      sentAt,
      interval,
      facts: own,
    });
    if (!result.ok) throw LinkError.refused('the greeting', result);
    // The hub read its clock about half-way between question and answer.
    this.#clockOffset = Math.round((sentAt + Date.now()) / 2 - result.hubTime);
    this.#forgetStored(result.stored);
    applySettings(result.settings);
    return result.limits;
  }

  /** Forgets what the hub has. @throws LinkError when it has what can not be of this outbox, which then has a new epoch */
  #forgetStored(stored: readonly SeqRange[]): void {
    const { outbox, logger } = this.#options;
    const isFirst = !this.#hasGreeted;
    this.#hasGreeted = true;
    const isAhead = isFirst && stored.some(([, last]) => last >= outbox.resumedAt);
    // What was there before this process has the same numbers there as here.
    const end = isAhead ? outbox.resumedAt - 1 : Number.MAX_SAFE_INTEGER;
    for (const [first, last] of stored) outbox.remove([first, Math.min(last, end)]);
    if (isAhead) {
      outbox.renew();
      logger.warn(
        'the hub has newer frames than the outbox had at the start, which a power cut or an old copy of the state directory explains: going on in a new epoch',
      );
      throw new LinkError('closed', 'greeting again in a new epoch');
    }
  }

  /** Ships frames until the connection ends (throws) or the link is stopped. */
  async #beOnline(connection: HubConnection, limits: WireLimits): Promise<void> {
    const { outbox, logger, enrollment } = this.#options;
    const shipper = new Shipper({ connection, outbox, limits, logger, counts: this.#counts });
    this.#shipper = shipper;
    this.#session = {
      messageBytes: limits.messageBytes,
      processes: (scan) => connection.processes(scan),
      report: (report) => connection.report(report),
    };
    this.#problem = null;
    this.#enter('online');
    logger.info(`connected to ${enrollment.hub}`);
    const storedBefore = this.#counts.stored;
    const stopped = new Promise<void>((resolve) => {
      this.#interrupt = resolve;
    });
    try {
      shipper.ship();
      await Promise.race([connection.ended, shipper.failed, stopped]);
      const lastFrames = new AbortController();
      await Promise.race([
        shipper.idle(),
        connection.ended,
        delay(LAST_FRAMES_DEADLINE, undefined, { signal: lastFrames.signal }),
      ]).finally(() => lastFrames.abort());
      await connection.goodbye({ reason: 'shutdown', message: '' });
    } finally {
      shipper.stop();
      this.#shipper = null;
      this.#session = null;
      // Only a hub that stores is worth coming back to at once.
      if (this.#counts.stored > storedBefore) this.#backoff.reset();
    }
  }

  #enter(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }

  #report(error: LinkError): void {
    const level = error.trouble === 'wrong_hub' ? 'error' : 'warn';
    this.#options.logger.repeated(`link ${error.trouble}`, level, error.message);
  }
}
