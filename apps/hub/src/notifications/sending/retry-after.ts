/** Longest time a receiver can make us wait, ms: one that asks for a year must not silence a channel. */
const LONGEST = 3_600_000;

/** A finite number of ms, not negative. */
function bounded(ms: number): number | null {
  return Number.isFinite(ms) && ms >= 0 ? Math.min(Math.ceil(ms), LONGEST) : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // What is no JSON says nothing about waiting.
    return null;
  }
}

/** What a body says: Discord `retry_after` (s), Telegram `parameters.retry_after` (s), Matrix `retry_after_ms`. */
function fromBody(body: string): number | null {
  const answer = parse(body);
  if (!isObject(answer)) return null;
  if (typeof answer.retry_after_ms === 'number') return bounded(answer.retry_after_ms);
  if (typeof answer.retry_after === 'number') return bounded(answer.retry_after * 1_000);
  const { parameters } = answer;
  if (!isObject(parameters) || typeof parameters.retry_after !== 'number') return null;
  return bounded(parameters.retry_after * 1_000);
}

/**
 * How long a receiver asks to wait, ms, at most an hour; `null` when it does not say.
 *
 * @param header `Retry-After`: seconds, or a date (RFC 9110, section 10.2.3)
 * @param now ms since the epoch
 */
export function readRetryAfter(
  header: string | undefined,
  body: string,
  now: number,
): number | null {
  if (header === undefined) return fromBody(body);
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return bounded(Number(text) * 1_000);
  return bounded(Math.max(0, Date.parse(text) - now)) ?? fromBody(body);
}
