import { PROCESS_LIMITS, type Culprit } from '@hostdeck/contracts';

/** Greatest time JavaScript has, ms (ECMA-262, section 21.4.1.1). */
const LAST_TIME = 8.64e15;
/** Longest name of a process or user, UTF-16 code units. */
const LONGEST_NAME = 64;
/** What `toDisplayText` might change; with every surrogate, not only the lone ones. */
const DOUBTFUL =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/;

function isText(value: unknown, most: number): boolean {
  return typeof value === 'string' && value.length <= most && !DOUBTFUL.test(value);
}

function isUse(value: unknown): boolean {
  return value === null || (Number.isFinite(value) && (value as number) >= 0);
}

function isCulprit(culprit: unknown): boolean {
  if (!Array.isArray(culprit) || culprit.length !== 7) return false;
  const [pid, started, name, user, command, cpu, memory] = culprit as unknown[];
  return (
    Number.isSafeInteger(pid) &&
    (pid as number) >= 0 &&
    Number.isInteger(started) &&
    (started as number) >= 0 &&
    (started as number) <= LAST_TIME &&
    isText(name, LONGEST_NAME) &&
    (user === null || isText(user, LONGEST_NAME)) &&
    (command === null || isText(command, PROCESS_LIMITS.culpritCommand)) &&
    isUse(cpu) &&
    isUse(memory)
  );
}

/** Whether a payload is culprits as `CulpritsSchema` says, with nothing in it that the schema would clean. */
export function isCleanCulprits(payload: unknown): payload is Culprit[] {
  return (
    Array.isArray(payload) &&
    payload.length <= 2 * PROCESS_LIMITS.culprits &&
    payload.every(isCulprit)
  );
}
