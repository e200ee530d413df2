import type { LiveClient } from './client';

/** The TCP socket below a client: pausing it is what a browser does that stops reading. */
interface Pausable {
  pause(): void;
  resume(): void;
}

export function tcpOf(client: LiveClient): Pausable {
  const { transport } = client.io.engine as unknown as { transport: { ws: { _socket: Pausable } } };
  return transport.ws._socket;
}
