import {
  ADDRESS_PASSWORD,
  ADDRESS_TOKEN,
  OTHER_ASSIGNMENT,
  PRIVATE_KEY,
  PROGRAM_OPTIONS,
  REQUEST_CREDENTIALS,
  SECRET_ASSIGNMENT,
  SECRET_OPTION,
  type ProgramOption,
} from './redaction-rules';
import { hideKeys } from './secret-words';

/** What stands for a secret. */
export const MASK = '***';

/** A word of a shell's text: what stands in quotes belongs together. */
const SHELL_WORD = /(?:[^\s"']+|"(?:[^"\\]|\\[^])*"?|'[^']*'?)+|\s+/g;
/** Deepest text inside a text that is taken apart: `ssh host "sh -c '…'"`. */
const DEEPEST = 3;

/**
 * Takes the secrets out of a command line. Nothing is sure here: a program may take its password as any word it likes. What is
 * known by name, by form or by looks is found; the rest is what `hidden` is for.
 *
 * @param words the command line as the program got it
 * @returns the words with {@link MASK} for every secret found
 */
export function redactCommand(words: readonly string[]): string[] {
  return redactWords(words, 0);
}

function redactWords(words: readonly string[], depth: number): string[] {
  const redacted: string[] = [];
  let options: readonly ProgramOption[] = [];
  /** What the word before says of this one. */
  let expected: ProgramOption['value'] | null = null;
  for (const word of words) {
    if (expected !== null && !isBlank(word)) {
      redacted.push(maskValue(word, expected));
      expected = null;
      continue;
    }
    options = PROGRAM_OPTIONS.get(programName(word)) ?? options;
    const attached = maskAttached(word, options);
    if (attached !== null) {
      redacted.push(attached);
      continue;
    }
    expected = expected ?? valueBehind(word, options);
    redacted.push(redactWord(word, depth));
  }
  return redacted;
}

function redactWord(word: string, depth: number): string {
  // Keys and headers hold blanks and belong together, so they come before the word is taken apart.
  let text = word.replace(PRIVATE_KEY, MASK);
  for (const pattern of REQUEST_CREDENTIALS) text = text.replace(pattern, `$1${MASK}`);
  if (depth < DEEPEST && /\s/.test(text) && !isBlank(text)) {
    text = redactWords(text.match(SHELL_WORD) ?? [], depth + 1).join('');
    // Inside quotes there may be another command line.
    text = text.replace(/(["'])(.*\s.*)\1/gs, (_, quote: string, inner: string) => {
      const parts = inner.match(SHELL_WORD) ?? [];
      return quote + redactWords(parts, depth + 1).join('') + quote;
    });
  }
  text = text
    .replace(SECRET_ASSIGNMENT, `$1${MASK}`)
    .replace(OTHER_ASSIGNMENT, `$1${MASK}`)
    .replace(ADDRESS_PASSWORD, `$1${MASK}`)
    .replace(ADDRESS_TOKEN, `$1${MASK}`);
  return hideKeys(text, MASK);
}

/** What an option says of the word behind it; `null` when that is no secret. */
function valueBehind(
  word: string,
  options: readonly ProgramOption[],
): ProgramOption['value'] | null {
  const own = options.find(
    (option) => option.place !== 'attached' && option.options.includes(word),
  );
  if (own !== undefined) return own.value;
  return SECRET_OPTION.test(word) ? 'secret' : null;
}

/** A word that is an option with its secret attached, without that; `null` for every other word. */
function maskAttached(word: string, options: readonly ProgramOption[]): string | null {
  for (const option of options) {
    if (option.place === 'next') continue;
    for (const name of option.options) {
      // Long options take their value behind `=`, which is looked at elsewhere.
      if (name.startsWith('--') || !word.startsWith(name) || word.length === name.length) continue;
      return name + maskValue(word.slice(name.length), option.value);
    }
  }
  return null;
}

function maskValue(word: string, form: ProgramOption['value']): string {
  switch (form) {
    case 'secret':
      return MASK;
    case 'user and secret': {
      const at = word.search(/[:%,]/);
      return at === -1 ? word : word.slice(0, at + 1) + MASK;
    }
    case 'openssl source':
      return word.replace(/^(["']?pass:).*/s, `$1${MASK}`);
  }
}

/** The name a program is called by, for a word that could be its path. */
function programName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

function isBlank(word: string): boolean {
  return word.trim() === '';
}
