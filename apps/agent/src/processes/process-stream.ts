import type { ProcessScan, Result } from '@hostdeck/contracts';
import { errorText } from '../log/error-text';
import type { Logger } from '../log/logger';
import type { ProcessScanner, ScannedProcess } from './host-processes';
import { scanParts } from './scan-parts';

/** Least time between the beginnings of two scans, ms. */
const LEAST_BETWEEN = 500;
/** Least rest after a scan, as a multiple of the time it took: scanning takes at most a quarter of a processor. */
const REST = 3;
/** Longest that scanning and sending may take together, ms; then the hub begins anew with the next. */
const DEADLINE = 30_000;

/** A connection that takes scans. */
export interface ScanReceiver {
  /** Longest message, bytes. */
  readonly messageBytes: number;
  /** @throws LinkError when there is no answer */
  processes(scan: ProcessScan): Promise<Result>;
}

/** What the last scan cost. */
export interface ScanCost {
  /** Processes on the host. */
  readonly total: number;
  readonly sent: number;
  /** From its begin to its end, ms, turns of others included. */
  readonly took: number;
}

export interface ProcessStreamOptions {
  readonly scanner: ProcessScanner;
  /** Where scans are sent; `null` while there is no connection. */
  readonly receiver: () => ScanReceiver | null;
  readonly logger: Logger;
}

/** Sends the processes of the host while somebody looks: one scan at a time, each as the difference from the one before. */
export class ProcessStream {
  readonly #options: ProcessStreamOptions;
  /** What the receiver has; `null`: the next scan is a first one. */
  #sent: Map<number, ScannedProcess> | null = null;
  /** Whom it was sent to. */
  #receiver: ScanReceiver | null = null;
  #isOn = false;
  /** Whether what is remembered is of no more use. */
  #mustRestart = false;
  #underWay: Promise<void> | null = null;
  /** Monotonic time before which no scan begins, ms. */
  #notBefore = Number.NEGATIVE_INFINITY;
  #cost: ScanCost | null = null;

  constructor(options: ProcessStreamOptions) {
    this.#options = options;
  }

  /** What the last scan cost; `null` while nobody looks. */
  get cost(): ScanCost | null {
    return this.#cost;
  }

  /** Somebody looks, or nobody does any more: then everything that is remembered is given back. */
  turn(isOn: boolean): void {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    if (isOn) this.tick();
    else if (this.#underWay === null) this.#forget();
  }

  /** Has the next scan be a first one, as after other settings; what is left of one under way is not sent. */
  restart(): void {
    this.#mustRestart = true;
  }

  /** To be called at every tick: scans and sends, unless the scan before is still on its way. */
  tick(): void {
    if (!this.#isOn || this.#underWay !== null || performance.now() < this.#notBefore) return;
    const receiver = this.#options.receiver();
    if (receiver === null) return;
    if (this.#mustRestart) this.#options.scanner.forget();
    if (this.#mustRestart || receiver !== this.#receiver) this.#sent = null;
    this.#mustRestart = false;
    this.#receiver = receiver;
    this.#notBefore = performance.now() + LEAST_BETWEEN;
    this.#underWay = this.#run(receiver).finally(() => {
      this.#underWay = null;
      if (!this.#isOn) this.#forget();
    });
  }

  /** Stops; resolves when a scan under way has ended. */
  async stop(): Promise<void> {
    this.turn(false);
    await this.#underWay;
  }

  async #run(receiver: ScanReceiver): Promise<void> {
    const startedAt = performance.now();
    const before = this.#sent;
    this.#sent = null;
    try {
      const host = await this.#options.scanner.scan();
      const took = performance.now() - startedAt;
      this.#notBefore = Math.max(this.#notBefore, startedAt + took * (1 + REST));
      this.#cost = {
        total: host.total,
        sent: host.processes.length,
        took: Math.round(took),
      };
      for (const part of scanParts(host, before, receiver.messageBytes)) {
        if (!this.#goesOn(startedAt)) return;
        const result = await receiver.processes(part);
        if (!result.ok) {
          this.#refused(result);
          return;
        }
      }
      if (this.#goesOn(startedAt))
        this.#sent = new Map(host.processes.map((process) => [process.identity.pid, process]));
    } catch (error) {
      // The next scan is a first one; the connection has its own way to find out that it is of no more use.
      this.#options.logger.repeated(
        'processes',
        'warn',
        `processes could not be scanned or sent: ${errorText(error)}`,
      );
    }
  }

  /** Whether what was scanned is still wanted. */
  #goesOn(startedAt: number): boolean {
    return this.#isOn && !this.#mustRestart && performance.now() - startedAt <= DEADLINE;
  }

  #refused({ code, message, retryAfter }: Exclude<Result, { ok: true }>): void {
    if (retryAfter !== undefined) {
      this.#notBefore = Math.max(this.#notBefore, performance.now() + retryAfter);
    }
    // The hub lost what it had, which costs one scan in full.
    if (code === 'out_of_order') return;
    this.#options.logger.repeated(
      `processes ${code}`,
      'warn',
      `the hub refused processes: ${message} (${code})`,
    );
  }

  #forget(): void {
    this.#sent = null;
    this.#receiver = null;
    this.#cost = null;
    this.#options.scanner.forget();
  }
}
