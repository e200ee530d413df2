import type { Culprit, Frame } from '@hostdeck/contracts';
import type { OutboxBatch, OutboxFrame } from '../outbox/outbox';
import { pickValues, type AnnouncedSchema } from './schema-announcer';

/** Generous sizes of JSON, so that a batch stays below the limit without being written out to be measured: most values take six. */
const JSON_PER_VALUE = 14;
const JSON_PER_FRAME = 64;
/** Of a culprit without its texts; and of a UTF-16 code unit of these: up to three bytes of UTF-8. */
const JSON_PER_CULPRIT = 80;
const JSON_PER_UNIT = 3;

/** Size of a frame without culprits as JSON, bytes. */
export function jsonPerFrame(series: readonly string[]): number {
  return JSON_PER_FRAME + series.length * JSON_PER_VALUE;
}

/** The first frames of a batch, as many as fit into a message with their culprits; at least one. */
export function fitBatch(batch: OutboxBatch, messageBytes: number): OutboxBatch {
  const perFrame = jsonPerFrame(batch.schema.series);
  let bytes = 0;
  const end = batch.frames.findIndex(({ culprits = [] }, place) => {
    bytes += perFrame + culprits.reduce((sum, culprit) => sum + jsonOf(culprit), 0);
    return bytes > messageBytes && place > 0;
  });
  return end === -1 ? batch : { ...batch, frames: batch.frames.slice(0, end) };
}

/** A frame as it is sent. */
export function toWire(frame: OutboxFrame, announced: AnnouncedSchema): Frame {
  const { seq, time, values, culprits } = frame;
  const picked = pickValues(announced, values);
  return culprits === undefined ? [seq, time, picked] : [seq, time, picked, [...culprits]];
}

function jsonOf([, , name, user, command]: Culprit): number {
  const units = name.length + (user?.length ?? 0) + (command?.length ?? 0);
  return JSON_PER_CULPRIT + units * JSON_PER_UNIT;
}
