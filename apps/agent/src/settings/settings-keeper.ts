import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SETTINGS, type AgentSettings } from '@hostdeck/contracts';
import { z } from 'zod';
import { errorCode } from '../log/error-code';
import { errorText } from '../log/error-text';
import type { Logger } from '../log/logger';
import { writeAtomically } from '../state/atomic-file';
import { parseSettings } from './parse-settings';

/** What is kept of the settings from one start to the next. */
const FileSchema = z.object({
  version: z.literal(1),
  /** The interval of the agent's own configuration when they came, ms. */
  configured: z.number(),
  settings: z.unknown(),
});

/** Why the settings the hub sent last are not in force. */
export interface Refusal {
  readonly message: string;
  /** When they came, on the host's clock, ms since the epoch. */
  readonly since: number;
}

export interface SettingsKeeperOptions {
  readonly stateDir: string;
  /** Interval of the agent's own configuration, ms: in force until a hub sets another. */
  readonly configured: number;
  readonly logger: Logger;
}

/** Where the settings are kept below a state directory. */
export function settingsPath(stateDir: string): string {
  return join(stateDir, 'settings.json');
}

/** The settings in force: those the hub sent last, also after a restart without it. */
export class SettingsKeeper {
  /** Interval of the agent's own configuration, ms. */
  readonly configured: number;
  readonly #path: string;
  readonly #logger: Logger;
  #current: AgentSettings;
  #refusal: Refusal | null = null;

  constructor({ stateDir, configured, logger }: SettingsKeeperOptions) {
    this.configured = configured;
    this.#path = settingsPath(stateDir);
    this.#logger = logger;
    this.#current = this.#readKept() ?? { ...DEFAULT_SETTINGS, interval: configured };
  }

  /** The settings in force: another object whenever they change. */
  get current(): AgentSettings {
    return this.#current;
  }

  /** Why those that came last are not in force; `null` when they are. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /**
   * Puts settings in force and keeps them; wrong ones leave those that are. @returns whether they are others than before
   *
   * @param message what the hub sent
   */
  apply(message: unknown): boolean {
    let settings: AgentSettings;
    try {
      settings = parseSettings(message);
    } catch (error) {
      this.#refusal = { message: errorText(error), since: this.#refusal?.since ?? Date.now() };
      this.#logger.repeated(
        'settings',
        'error',
        `settings from the hub are refused, the old ones stay in force: ${errorText(error)}`,
      );
      return false;
    }
    this.#refusal = null;
    if (JSON.stringify(settings) === JSON.stringify(this.#current)) return false;
    this.#current = settings;
    this.#keep();
    return true;
  }

  #readKept(): AgentSettings | null {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') {
        this.#logger.warn(`kept settings can not be read: ${errorText(error)}`);
      }
      return null;
    }
    try {
      const { configured, settings } = FileSchema.parse(JSON.parse(text));
      const kept = parseSettings(settings);
      // Whoever has changed the configuration of this machine since means that, until the hub says otherwise.
      return configured === this.configured ? kept : { ...kept, interval: this.configured };
    } catch (error) {
      this.#logger.warn(`kept settings are damaged and not used: ${errorText(error)}`);
      return null;
    }
  }

  #keep(): void {
    const file: z.infer<typeof FileSchema> = {
      version: 1,
      configured: this.configured,
      settings: this.#current,
    };
    try {
      writeAtomically(this.#path, `${JSON.stringify(file)}\n`);
    } catch (error) {
      this.#logger.repeated(
        'settings file',
        'warn',
        `settings are in force, but can not be kept: ${errorText(error)}`,
      );
    }
  }
}
