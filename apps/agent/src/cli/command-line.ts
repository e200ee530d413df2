import { parseArgs, type ParseArgsConfig } from 'node:util';
import { errorText } from '../log/error-text';
import { CliError } from './cli-error';

const FLAGS = {
  enroll: {
    hub: { type: 'string' },
    token: { type: 'string' },
    tag: { type: 'string', multiple: true },
    force: { type: 'boolean' },
  },
  run: {},
  sample: {},
  status: { json: { type: 'boolean' } },
  /** Not for people: the daemon runs it in a process of its own. */
  inventory: {},
} as const satisfies Readonly<Record<string, ParseArgsConfig['options']>>;
type CommandName = keyof typeof FLAGS;

/** A command line that was understood. */
export type CommandLine =
  | { readonly command: 'help' | 'version' | 'run' | 'sample' | 'inventory' }
  | { readonly command: 'status'; readonly json: boolean }
  | {
      readonly command: 'enroll';
      readonly hub: string | null;
      readonly token: string | null;
      readonly tags: string | null;
      readonly force: boolean;
    };

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(FLAGS, name);
}

/**
 * Reads a command line.
 *
 * @param words without the names of Node and the program
 * @throws CliError of usage for what is not known
 */
export function readCommandLine(words: readonly string[]): CommandLine {
  if (words.includes('--help') || words.includes('-h') || words[0] === 'help') {
    return { command: 'help' };
  }
  if (words.includes('--version')) return { command: 'version' };
  const [command, ...rest] = words;
  if (command === undefined) {
    throw new CliError('usage', 'a command is missing; hostdeck-agent --help lists them');
  }
  if (!isCommand(command)) {
    throw new CliError('usage', `unknown command ${command}; hostdeck-agent --help lists them`);
  }
  switch (command) {
    case 'enroll': {
      const { hub, token, tag, force } = parseFlags(rest, FLAGS.enroll);
      return {
        command,
        hub: hub ?? null,
        token: token ?? null,
        tags: tag?.join(',') ?? null,
        force: force ?? false,
      };
    }
    case 'status':
      return { command, json: parseFlags(rest, FLAGS.status).json ?? false };
    case 'run':
    case 'sample':
    case 'inventory':
      parseFlags(rest, FLAGS[command]);
      return { command };
  }
}

function parseFlags<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's messages go on to explain how to pass such a thing as a positional argument, which we have none of.
    const message = errorText(error).split(/\.\s/)[0];
    throw new CliError('usage', `${message ?? ''}; hostdeck-agent --help lists the options`, {
      cause: error,
    });
  }
}
