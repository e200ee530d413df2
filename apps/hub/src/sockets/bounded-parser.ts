/**
 * The Socket.IO packet format with a bound. What is too long is not parsed: its event arrives with {@link OVERSIZED} in
 * the place of what it carried, so that it can be refused by name instead of by closing the socket. Nobody sends us
 * binary packets, so their headers (which announce attachments to wait for) are refused outright.
 */
import { WIRE_LIMITS } from '@hostdeck/contracts';
import * as parser from 'socket.io-parser';

/** Stands for a payload that was too long to be parsed. */
export const OVERSIZED = Symbol('oversized');

const LIMIT = WIRE_LIMITS.messageBytes;

/** Event with a namespace, an ack id or none, and the name of the event: `2/agents,12["frames",…`. */
const EVENT_HEADER = /^2(\/[^,"[]{0,60}),(\d{0,15})\["([a-z]{1,30})",/i;

function isTooLong(text: string): boolean {
  if (text.length > LIMIT) return true;
  // A character has at most three bytes in UTF-8 for each UTF-16 code unit.
  return text.length * 3 > LIMIT && Buffer.byteLength(text) > LIMIT;
}

class BoundedDecoder extends parser.Decoder {
  override add(data: unknown): void {
    if (typeof data !== 'string') throw new Error('binary packets are not spoken here');
    // The first character is the type of the packet: 5 and 6 are the binary ones.
    if (data.startsWith('5') || data.startsWith('6')) {
      throw new Error('binary packets are not spoken here');
    }
    if (!isTooLong(data)) {
      super.add(data);
      return;
    }
    const header = EVENT_HEADER.exec(data.slice(0, 120));
    if (header === null) throw new Error('a packet over the limit');
    const [, nsp = '', id = '', event = ''] = header;
    const packet = {
      type: parser.PacketType.EVENT,
      nsp,
      data: [event, OVERSIZED],
      ...(id === '' ? {} : { id: Number(id) }),
    };
    // As the parser does for what it parses: `disconnect` is no event that somebody sends.
    if (!parser.isPacketValid(packet)) throw new Error('a packet over the limit');
    this.emitReserved('decoded', packet);
  }
}

/** To be given to the Socket.IO server as its `parser`. */
export const boundedParser = {
  protocol: parser.protocol,
  PacketType: parser.PacketType,
  Encoder: parser.Encoder,
  Decoder: BoundedDecoder,
};
