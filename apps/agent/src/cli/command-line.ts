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
  processes: { limit: { type: 'string' }, json: { type: 'boolean' } },
  doctor: { json: { type: 'boolean' } },
  install: { 'dry-run': { type: 'boolean' }, root: { type: 'string' } },
  uninstall: { 'dry-run': { type: 'boolean' }, root: { type: 'string' } },
  /** Not for people: the daemon runs it in a process of its own. */
  inventory: {},
} as const satisfies Readonly<Record<string, ParseArgsConfig['options']>>;
type CommandName = keyof typeof FLAGS;

/** A command line that was understood. */
export type CommandLine =
  | { readonly command: 'help' | 'version' | 'run' | 'sample' | 'inventory' }
  | { readonly command: 'status' | 'doctor'; readonly json: boolean }
  | { readonly command: 'processes'; readonly limit: number; readonly json: boolean }
  | {
      readonly command: 'install' | 'uninstall';
      readonly dryRun: boolean;
      /** The system to install into. */
      readonly root: string;
    }
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
    case 'doctor':
      return { command, json: parseFlags(rest, FLAGS[command]).json ?? false };
    case 'processes': {
      const { limit, json } = parseFlags(rest, FLAGS.processes);
      return { command, limit: readLimit(limit), json: json ?? false };
    }
    case 'install':
    case 'uninstall': {
      const { 'dry-run': dryRun, root } = parseFlags(rest, FLAGS[command]);
      return { command, dryRun: dryRun ?? false, root: root ?? '/' };
    }
    case 'run':
    case 'sample':
    case 'inventory':
      parseFlags(rest, FLAGS[command]);
      return { command };
  }
}

/** How many processes are printed, unless said otherwise. */
const DEFAULT_LIMIT = 25;

function readLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new CliError('usage', '--limit: expected a whole number from 1 to 99999');
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
