import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import type { LogLevel } from '../config/config';

export type { Logger } from 'pino';

/** Injection token of the log. */
export const LOGGER = Symbol('logger');

/** Log of the whole hub: JSON lines on stderr, so that stdout carries only what people and scripts wait for. */
export function createLogger(level: LogLevel): Logger {
  return pino(
    { level, base: null, timestamp: () => `,"time":${String(Date.now())}` },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** NestJS's own messages in our log; its start-up chatter is of interest only when something is looked for. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug({ from: 'nest' }, String(message));
  }

  error(message: unknown, ...more: unknown[]): void {
    this.logger.error({ from: 'nest', more: more.map(String) }, String(message));
  }

  warn(message: unknown): void {
    this.logger.warn({ from: 'nest' }, String(message));
  }
}
