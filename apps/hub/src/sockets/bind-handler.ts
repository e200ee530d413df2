import type { Socket } from 'socket.io';
import type { Logger } from '../logging/logger';

type Ack = (result: unknown) => void;

/** An event and who answers it. */
export interface Handler {
  readonly event: string;
  /** Gets what came with the event; what it returns, or resolves to, is the ack and nothing else, whatever it looks like. */
  readonly answer: (payload: unknown) => unknown;
}

/** Lets a handler answer an event of a socket. Handlers answer every failure themselves; a bug in one is only logged. */
export function bindHandler(socket: Socket, { event, answer }: Handler, logger: Logger): void {
  socket.on(event, (...words: unknown[]) => {
    const last = words.at(-1);
    const ack = typeof last === 'function' ? (last as Ack) : null;
    Promise.resolve(answer(ack === words[0] ? undefined : words[0]))
      .then((result) => ack?.(result))
      .catch((error: unknown) => logger.error({ err: error, event }, 'event handler failed'));
  });
}
