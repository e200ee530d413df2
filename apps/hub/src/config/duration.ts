const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Reads a duration such as `30m`, `24h` or `7d`.
 *
 * @returns milliseconds, or `null` when the text is not a positive whole number followed by `s`, `m`, `h` or `d`.
 */
export function parseDuration(text: string): number | null {
  const match = /^([1-9]\d{0,6})([smhd])$/.exec(text.trim());
  if (match === null) return null;
  const [, amount, unit] = match;
  return Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
}
