import { hostname, release, totalmem, uptime, availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { HOSTDECK_VERSION, type HostFacts } from '@hostdeck/contracts';
import { errorText } from '../log/error-text';
import type { Logger } from '../log/logger';
import type { Inventory } from './inventory';
import { readLinuxFacts, type LinuxFacts } from './linux-facts';

/** Longest that a first greeting waits for the inventory, ms. */
const PATIENCE = 1_500;

/** When this process was started, ms since the epoch: unlike the difference of clock and uptime it stays when the clock is set. */
const STARTED_AT = Math.round(performance.timeOrigin);

const NOTHING: Inventory = { os: null, cpuModel: null, model: null, virtualization: null };

/** What the host is, read anew for every greeting. The costly part is found out once. */
export class HostFactsReader {
  readonly #platform: NodeJS.Platform;
  readonly #inventory: () => Promise<Inventory>;
  readonly #logger: Logger;
  #known: Promise<Inventory> | null = null;

  /** @param inventory finds out what the system does not tell for nothing */
  constructor(options: {
    readonly platform: NodeJS.Platform;
    readonly inventory: () => Promise<Inventory>;
    readonly logger: Logger;
  }) {
    this.#platform = options.platform;
    this.#inventory = options.inventory;
    this.#logger = options.logger;
  }

  /** The facts now; never rejects. What is still being found out after a short while is `null` this time. */
  async read(): Promise<HostFacts> {
    const own = this.#readOwn();
    const found = isWhole(own) ? NOTHING : await this.#findOut();
    return {
      hostname: hostname().slice(0, 255),
      platform: this.#platform,
      architecture: process.arch,
      kernel: release().slice(0, 200),
      agentVersion: HOSTDECK_VERSION,
      agentStartedAt: STARTED_AT,
      ...own,
      os: short(own.os ?? found.os, 200),
      cpuModel: short(own.cpuModel ?? found.cpuModel, 200),
      model: short(own.model ?? found.model, 200),
      virtualization: short(own.virtualization ?? found.virtualization, 64),
      bootId: short(own.bootId, 64),
    };
  }

  #readOwn(): LinuxFacts {
    if (this.#platform === 'linux') {
      return readLinuxFacts({ proc: '/proc', sys: '/sys', root: '/' });
    }
    return {
      ...NOTHING,
      cpuCount: availableParallelism(),
      memoryTotal: totalmem(),
      swapTotal: null,
      bootId: null,
      bootedAt: Math.round((Date.now() - uptime() * 1000) / 1000) * 1000,
    };
  }

  async #findOut(): Promise<Inventory> {
    this.#known ??= this.#inventory().catch((error: unknown) => {
      this.#logger.warn(`inventory: ${errorText(error)}`);
      return NOTHING;
    });
    const patience = new AbortController();
    const soon = delay(PATIENCE, NOTHING, { signal: patience.signal, ref: false });
    return Promise.race([this.#known, soon]).finally(() => patience.abort());
  }
}

function isWhole({ os, cpuModel, model, virtualization }: Inventory): boolean {
  return os !== null && cpuModel !== null && model !== null && virtualization !== null;
}

function short(text: string | null, length: number): string | null {
  return text === null ? null : text.slice(0, length);
}
