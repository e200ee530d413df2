import { parseArgs } from 'node:util';

/** What the program was asked to do beside running the hub. */
export type OfflineCommand =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | { readonly name: 'backup'; readonly file: string }
  | { readonly name: 'restore'; readonly file: string }
  | { readonly name: 'check'; readonly file: string | null };

/** What the program was asked to do. */
export type Command = { readonly name: 'serve' } | OfflineCommand;

/** The words after the program's name make no command; the message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `hostdeck-hub                 runs the hub
hostdeck-hub backup FILE     copies the database and the hub's key into FILE; the hub may run
hostdeck-hub restore FILE    puts a backup in place; the hub must not run, what was there is set aside
hostdeck-hub check [FILE]    looks through the database, or a backup; exit code 1 when something is wrong
hostdeck-hub --help | --version

The data folder and everything else is set by HOSTDECK_* environment variables: see docs/operations.md.
`;

const HINT = '"hostdeck-hub --help" lists the commands';

/**
 * Reads the words after the program's name.
 *
 * @throws {UsageError} when they make no command.
 */
export function parseCommand(words: readonly string[]): Command {
  const { values, positionals } = parse(words);
  if (values.help === true) return { name: 'help' };
  if (values.version === true) return { name: 'version' };
  const [name, file, ...more] = positionals;
  if (name === undefined) return { name: 'serve' };
  if (name !== 'backup' && name !== 'restore' && name !== 'check') {
    throw new UsageError(`there is no command ${JSON.stringify(name)}; ${HINT}`);
  }
  if (more.length > 0) throw new UsageError(`${name}: too many words; ${HINT}`);
  if (name === 'check') return { name, file: file ?? null };
  if (file === undefined) throw new UsageError(`${name}: which file? ${HINT}`);
  return { name, file };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split(/[.\n]/)[0] : 'not understood';
    throw new UsageError(`${reason ?? ''}; ${HINT}`, { cause });
  }
}
