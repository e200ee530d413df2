/**
 * The Socket.IO packet format with a bound. What is too long is not parsed: its event arrives with {@link OVERSIZED} in
 * the place of what it carried, so that it can be refused by name instead of by closing the socket. Nobody sends us
 * binary packets, so their headers (which announce attachments to wait for) are refused outright.
 */
import { AGENT_NAMESPACE, WIRE_LIMITS } from '@hostdeck/contracts';
import * as parser from 'socket.io-parser';

/** Stands for a payload that was too long to be parsed. */
export const OVERSIZED = Symbol('oversized');

const LIMIT = WIRE_LIMITS.messageBytes;

/** Event with a namespace, an ack id or none, and the name of the event: `2/agents,12["frames",…`. */
const EVENT_HEADER = /^2(\/[^,"[]{0,60}),(\d{0,15})\["([a-z]{1,30})",/i;

/** What nearly every event begins with: frames of an agent. */
const FRAMES_NAMESPACE = `2${AGENT_NAMESPACE},`;
const FRAMES_EVENT = '["frames",';
const ZERO = 48;

/** Frames as they arrive: their handler gets what they carry and, in place of an ack to call, the number to ack. */
export type FramesWords = readonly [payload: unknown, id: number];

interface FramesText {
  readonly id: number;
  /** Where the JSON begins. */
  readonly start: number;
}

/** Finds out whether a packet carries frames that are to be acked; `null` for everything else. */
function readFramesHeader(text: string): FramesText | null {
  if (!text.startsWith(FRAMES_NAMESPACE)) return null;
  let id = 0;
  let at = FRAMES_NAMESPACE.length;
  const first = at;
  for (; at < text.length && at - first < 16; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) break;
    id = id * 10 + digit;
  }
  if (at === first || !Number.isSafeInteger(id) || !text.startsWith(FRAMES_EVENT, at)) return null;
  return { id, start: at };
}

/** What frames carry, from the JSON of their event. */
function readFrames(json: string): unknown {
  try {
    // It begins as a list, and so is one if it is JSON at all.
    return (JSON.parse(json) as unknown[])[1];
  } catch (cause) {
    throw new Error('a packet that is no JSON', { cause });
  }
}

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
      const frames = readFramesHeader(data);
      if (frames === null) super.add(data);
      else this.addFrames(readFrames(data.slice(frames.start)), frames.id);
      return;
    }
    const header = EVENT_HEADER.exec(data.slice(0, 120));
    if (header === null) throw new Error('a packet over the limit');
    const [, nsp = '', id = '', event = ''] = header;
    if (nsp === AGENT_NAMESPACE && event === 'frames' && id !== '') {
      this.addFrames(OVERSIZED, Number(id));
      return;
    }
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

  /** Passes frames on without an id of their own, for which Socket.IO would make an ack. */
  private addFrames(payload: unknown, id: number): void {
    const words: FramesWords = [payload, id];
    this.emitReserved('decoded', {
      type: parser.PacketType.EVENT,
      nsp: AGENT_NAMESPACE,
      data: ['frames', ...words],
    });
  }
}

/** To be given to the Socket.IO server as its `parser`. */
export const boundedParser = {
  protocol: parser.protocol,
  PacketType: parser.PacketType,
  Encoder: parser.Encoder,
  Decoder: BoundedDecoder,
};
