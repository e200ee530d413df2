import { WIRE_LIMITS, type FrameBatch } from '@hostdeck/contracts';
import { isCleanCulprits } from './culprit-list';

/** Greatest time JavaScript has, ms (ECMA-262, section 21.4.1.1). */
const LAST_TIME = 8.64e15;
const EPOCH = /^[0-9a-f]{16}$/;

function isNatural(value: unknown, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
}

function areValues(values: unknown): boolean {
  if (!Array.isArray(values)) return false;
  for (const value of values as unknown[]) {
    // What is not finite differs from itself by what is no number.
    if (typeof value === 'number' ? value - value !== 0 : value !== null) return false;
  }
  return true;
}

function isFrame(frame: unknown): boolean {
  return (
    Array.isArray(frame) &&
    (frame.length === 3 || (frame.length === 4 && isCleanCulprits(frame[3]))) &&
    isNatural(frame[0], Number.MAX_SAFE_INTEGER) &&
    isNatural(frame[1], LAST_TIME) &&
    areValues(frame[2])
  );
}

/**
 * Whether a payload is a batch as `FrameBatchSchema` says, found without making a copy of it: nearly everything an agent
 * sends goes through here. What is not is left to the schema, which names what is wrong.
 */
export function isFrameBatch(payload: unknown): payload is FrameBatch {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return false;
  const { epoch, schema, frames } = payload as Record<keyof FrameBatch, unknown>;
  return (
    Object.keys(payload).length === 3 &&
    typeof epoch === 'string' &&
    EPOCH.test(epoch) &&
    isNatural(schema, Number.MAX_SAFE_INTEGER) &&
    Array.isArray(frames) &&
    frames.length >= 1 &&
    frames.length <= WIRE_LIMITS.framesPerBatch &&
    frames.every(isFrame)
  );
}
