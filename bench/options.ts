import { parseArgs } from 'node:util';

/** An option of a scenario: all are whole numbers with a default. */
export type Defaults = Readonly<Record<string, number>>;

/** Thrown for a command line that cannot be understood; the message is for the person who typed it. */
export class UsageError extends Error {}

/**
 * Reads `--name N` options.
 *
 * @returns the values by name, and whether `--json` was asked for.
 * @throws UsageError for an unknown option or a value that is negative or no number.
 */
export function readOptions<const Known extends Defaults>(
  words: readonly string[],
  defaults: Known,
): { values: { [Name in keyof Known]: number }; json: boolean } {
  const options: Record<string, { type: 'string' } | { type: 'boolean' }> = {
    json: { type: 'boolean' },
  };
  for (const name of Object.keys(defaults)) options[name] = { type: 'string' };
  let parsed: Record<string, unknown>;
  try {
    parsed = parseArgs({ args: [...words], options }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  const values = Object.fromEntries(
    Object.entries(defaults).map(([name, fallback]): [string, number] => {
      const text = parsed[name];
      if (text === undefined) return [name, fallback];
      const value = Number(text);
      if (!Number.isFinite(value) || value < 0) {
        throw new UsageError(
          `--${name}: expected a number that is not negative, got ${JSON.stringify(text)}`,
        );
      }
      return [name, value];
    }),
  );
  return {
    values: values as { [Name in keyof Known]: number },
    json: parsed.json === true,
  };
}
