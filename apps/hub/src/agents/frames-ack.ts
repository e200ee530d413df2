import { AGENT_NAMESPACE, type FramesResult } from '@hostdeck/contracts';
import type { AgentSocket } from './agent-connection';

/** Final fragment of a text message (RFC 6455, section 5.2). */
const FINAL_TEXT = 0x81;
/** Longest message whose length fits into the second byte of a WebSocket frame (RFC 6455, section 5.2). */
const SHORT = 125;
/** The ack of Socket.IO, and before it what Engine.IO calls a message. */
const ACK = `3${AGENT_NAMESPACE},`;
const MESSAGE = '4';

/**
 * Writes the ack of a batch straight to its connection. Through Socket.IO's layers each is taken apart and put together several times,
 * and leaves as two pieces that the system has to join: of all that a frame costs the hub a sixth.
 *
 * @param id the number that the batch came with
 */
export function writeFramesAck(socket: AgentSocket, id: number, result: FramesResult): void {
  if (!socket.connected) return;
  if (!result.ok) {
    socket.conn.write(`${ACK}${String(id)}${JSON.stringify([result])}`);
    return;
  }
  const text = `${ACK}${String(id)}[{"ok":true,"fresh":${String(result.fresh)}}]`;
  // Only ASCII, and never long: a frame is two bytes and the text.
  const length = MESSAGE.length + text.length;
  if (length > SHORT) throw new RangeError(`an ack of ${String(length)} bytes`);
  const frame = Buffer.allocUnsafe(2 + length);
  frame[0] = FINAL_TEXT;
  frame[1] = length;
  frame.write(MESSAGE + text, 2, 'latin1');
  const options = { compress: false, wsPreEncodedFrame: [frame] };
  socket.conn.write(text, options);
}
