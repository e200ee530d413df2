import { join } from 'node:path';
import { createHub } from './app';
import { parseCommand, UsageError } from './cli/command-line';
import { runCommand } from './cli/run-command';
import { loadConfig } from './config/config';
import { StartError } from './config/start-error';
import { createLogger } from './logging/logger';

/** After a signal the process ends within this, whatever holds it up, ms. */
const STOP_DEADLINE = 4_500;

/** The other programs are built beside this one. */
const PROGRAMS = join(import.meta.dirname, '..');

/** Exit code for words that make no command. */
const WRONG_USAGE = 2;

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  if (command.name === 'serve') {
    await serve();
    return;
  }
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  process.exitCode = await runCommand(command, { config: loadConfig, say });
}

async function serve(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger(config.logLevel);
  const hub = await createHub(config, {
    logger,
    folders: { web: join(PROGRAMS, 'web'), agent: join(PROGRAMS, 'agent') },
  });
  const stop = () => {
    setTimeout(() => process.exit(1), STOP_DEADLINE).unref();
    hub.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.fatal({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (hub.corruptFile !== null) {
    process.stdout.write(
      `the database was broken: it is set aside as ${hub.corruptFile}, and a new one is begun\n`,
    );
  }
  if (hub.setupCode !== null) {
    process.stdout.write(
      `set-up code: ${hub.setupCode} (open ${config.publicUrl ?? hub.url}/setup)\n`,
    );
  }
  process.stdout.write(`hostdeck-hub ready at ${hub.url}\n`);
}

main().catch((error: unknown) => {
  const lines = error instanceof StartError ? error.lines : [messageOf(error)];
  for (const line of lines) process.stderr.write(`hostdeck-hub: ${line}\n`);
  process.exit(error instanceof UsageError ? WRONG_USAGE : 1);
});

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
