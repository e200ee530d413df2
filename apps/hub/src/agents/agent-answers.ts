import type { Failure } from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '../logging/logger';
import { WireFailure } from '../sockets/wire-failure';
import type { AgentConnection, AgentSocket } from './agent-connection';

/** Answers what agents send. */
@Injectable()
export class AgentAnswers {
  /** Events refused since the start. */
  refusedCount = 0;

  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  /** Runs a handler; whatever goes wrong is its answer. */
  async answer<Success extends { ok: true }>(
    socket: AgentSocket,
    handle: () => Success | Promise<Success | Failure>,
  ): Promise<Success | Failure> {
    try {
      return await handle();
    } catch (error) {
      return this.refuse(socket, error);
    }
  }

  /** What to answer when something has gone wrong; logged once for each connection and code. */
  refuse(socket: AgentSocket, error: unknown): Failure {
    const refused =
      error instanceof WireFailure
        ? error
        : new WireFailure('busy', 'the hub failed; try again', { cause: error });
    this.refusedCount += 1;
    this.logOnce(socket.data.connection, refused);
    return refused.toResult();
  }

  private logOnce({ host, logged }: AgentConnection, refused: WireFailure): void {
    if (logged.has(refused.code)) return;
    logged.add(refused.code);
    this.logger.warn(
      { host: host.id, name: host.name, code: refused.code, err: refused.cause },
      `refused what an agent sent: ${refused.message}`,
    );
  }
}
