import { toDisplayText } from '@hostdeck/contracts';

/** From the most to the least talkative. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Time in which one topic is written at most once, ms. */
const REPEAT_AFTER = 600_000;
/** Longest line, in UTF-16 code units: a hub or a host must not fill the log. */
const MAX_LINE = 2_000;

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly write: (line: string) => void;
  /** Monotonic, ms. */
  readonly now?: () => number;
}

/**
 * Writes lines of `time level message`. Messages may hold what a hub or a host sent: controls and marks in them are
 * replaced, so that a line stays one line and a terminal obeys none of it.
 */
export class Logger {
  readonly #options: LoggerOptions;
  readonly #now: () => number;
  /** Topic → when it was last written, and how often it was held back since. */
  readonly #topics = new Map<string, { writtenAt: number; heldBack: number }>();

  constructor(options: LoggerOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  debug(message: string): void {
    this.#line('debug', message);
  }

  info(message: string): void {
    this.#line('info', message);
  }

  warn(message: string): void {
    this.#line('warn', message);
  }

  error(message: string): void {
    this.#line('error', message);
  }

  /** Writes a message about something that may go on happening: at most once in ten minutes per topic, with the count. */
  repeated(topic: string, level: LogLevel, message: string): void {
    const known = this.#topics.get(topic);
    if (known !== undefined && this.#now() - known.writtenAt < REPEAT_AFTER) {
      known.heldBack += 1;
      return;
    }
    const times =
      known !== undefined && known.heldBack > 0 ? ` (${known.heldBack} times more before)` : '';
    this.#topics.set(topic, { writtenAt: this.#now(), heldBack: 0 });
    this.#line(level, `${message}${times}`);
  }

  #line(level: LogLevel, message: string): void {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(this.#options.level)) return;
    const text = toDisplayText(message.slice(0, MAX_LINE));
    this.#options.write(`${new Date().toISOString()} ${level.padEnd(5)} ${text}\n`);
  }
}
