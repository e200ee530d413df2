import { parseArgs } from 'node:util';

/** Options of a scenario: numbers with a default, and words of which one is chosen, the first unless said otherwise. */
export type Defaults = Readonly<Record<string, number | readonly [string, ...string[]]>>;

/** What the options of a scenario are once read. */
export type Values<Known extends Defaults> = {
  readonly [Name in keyof Known]: Known[Name] extends readonly (infer Word)[] ? Word : number;
};

/** Thrown for a command line that cannot be understood; the message is for the person who typed it. */
export class UsageError extends Error {}

/**
 * Reads `--name N` and `--name WORD` options.
 *
 * @returns the values by name, and whether `--json` was asked for.
 * @throws UsageError for an unknown option, a value that is negative or no number, and a word that is not offered.
 */
export function readOptions<const Known extends Defaults>(
  words: readonly string[],
  defaults: Known,
): { values: Values<Known>; json: boolean } {
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
    Object.entries(defaults).map(([name, fallback]): [string, number | string] => {
      const text = parsed[name];
      return [
        name,
        typeof fallback === 'number' ? number(name, text, fallback) : word(name, text, fallback),
      ];
    }),
  );
  return {
    values: values as Values<Known>,
    json: parsed.json === true,
  };
}

function number(name: string, text: unknown, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new UsageError(
    `--${name}: expected a number that is not negative, got ${JSON.stringify(text)}`,
  );
}

function word(name: string, text: unknown, offered: readonly [string, ...string[]]): string {
  if (text === undefined) return offered[0];
  const chosen = offered.find((one) => one === text);
  if (chosen !== undefined) return chosen;
  throw new UsageError(
    `--${name}: expected one of ${offered.join(', ')}, got ${JSON.stringify(text)}`,
  );
}
