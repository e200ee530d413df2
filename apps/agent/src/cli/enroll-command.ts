import { hostname } from 'node:os';
import { HubUrlSchema, TagListSchema, type Configuration } from '../config/configuration';
import { enroll, EnrollmentError } from '../enrollment/enroll';
import { prepareStateDir, readEnrollment } from '../state/enrollment-state';
import { CliError } from './cli-error';
import type { CommandLine } from './command-line';
import type { Terminal } from './terminal';

type EnrollLine = Extract<CommandLine, { command: 'enroll' }>;

/** `hostdeck-agent enroll`: joins a hub; flags win over the environment. */
export async function enrollCommand(
  line: EnrollLine,
  configuration: Configuration,
  terminal: Terminal,
): Promise<number> {
  const hub =
    line.hub === null ? configuration.hub : parseFlag('--hub', HubUrlSchema.safeParse(line.hub));
  const token = line.token ?? configuration.token;
  if (hub === null) throw new CliError('usage', 'the hub is missing: --hub URL or HOSTDECK_HUB');
  if (token === null)
    throw new CliError('usage', 'the join token is missing: --token TOKEN or HOSTDECK_TOKEN');
  const tags =
    line.tags === null
      ? configuration.tags
      : parseFlag('--tag', TagListSchema.safeParse(line.tags));
  const { stateDir } = configuration;

  await prepareStateDir(stateDir);
  const known = line.force ? null : await readEnrollment(stateDir);
  if (known !== null) {
    throw new CliError(
      'failed',
      `this agent is already enrolled at ${known.hub} as ${known.agentId}; --force enrolls it anew`,
    );
  }
  try {
    const { agentId } = await enroll({ hub, token, tags, stateDir });
    terminal.out(`${hostname()} is enrolled at ${hub} as ${agentId}\n`);
    return 0;
  } catch (error) {
    if (error instanceof EnrollmentError)
      throw new CliError('failed', error.message, { cause: error });
    throw error;
  }
}

type Parsed<Value> =
  | { success: true; data: Value }
  | { success: false; error: { issues: readonly { message: string }[] } };

function parseFlag<Value>(flag: string, parsed: Parsed<Value>): Value {
  if (parsed.success) return parsed.data;
  throw new CliError('usage', `${flag}: ${parsed.error.issues[0]?.message ?? 'not valid'}`);
}
