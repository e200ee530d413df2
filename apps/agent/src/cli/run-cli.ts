import { HOSTDECK_VERSION } from '@hostdeck/contracts';
import { readConfiguration, type Environment } from '../config/configuration';
import { readInventory } from '../facts/inventory';
import { errorText } from '../log/error-text';
import { Logger } from '../log/logger';
import { CliError } from './cli-error';
import { readCommandLine, type CommandLine } from './command-line';
import { doctorCommand } from './doctor-command';
import { enrollCommand } from './enroll-command';
import { installCommand, uninstallCommand } from './install-command';
import { processesCommand } from './processes-command';
import { runCommand } from './run-command';
import { sampleCommand } from './sample-command';
import { statusCommand } from './status-command';
import type { Terminal } from './terminal';
import { USAGE } from './usage';

export interface CliOptions {
  /** The command line without the names of Node and the program. */
  readonly words: readonly string[];
  readonly environment: Environment;
  readonly terminal: Terminal;
  /** Path of this program's bundle. */
  readonly program: string;
  /** Aborted when `run` shall stop. */
  readonly stop: AbortSignal;
}

/** Runs a command. @returns its exit code: 0, 1 when it could not be done, 2 when it was not understood; never rejects */
export async function runCli(options: CliOptions): Promise<number> {
  try {
    return await dispatch(readCommandLine(options.words), options);
  } catch (error) {
    options.terminal.err(`hostdeck-agent: ${errorText(error)}\n`);
    return error instanceof CliError ? error.exitCode : 1;
  }
}

async function dispatch(line: CommandLine, options: CliOptions): Promise<number> {
  const { terminal, environment, program, stop } = options;
  switch (line.command) {
    case 'help':
      terminal.out(USAGE);
      return 0;
    case 'version':
      terminal.out(`${HOSTDECK_VERSION}\n`);
      return 0;
    case 'inventory':
      terminal.out(`${JSON.stringify(await readInventory())}\n`);
      return 0;
    case 'enroll':
    case 'status':
    case 'sample':
    case 'run':
    case 'processes':
    case 'doctor':
    case 'install':
    case 'uninstall':
      break;
  }
  const configuration = readConfiguration(environment);
  const logger = new Logger({ level: configuration.logLevel, write: terminal.err });
  switch (line.command) {
    case 'enroll':
      return enrollCommand(line, configuration, terminal);
    case 'status':
      return statusCommand({ stateDir: configuration.stateDir, json: line.json }, terminal);
    case 'sample':
      return sampleCommand(configuration, logger, terminal);
    case 'processes':
      return processesCommand(line, { configuration, logger, terminal });
    case 'doctor':
      return doctorCommand(configuration, { json: line.json, terminal });
    case 'install':
      return installCommand(line, { configuration, program, terminal });
    case 'uninstall':
      return uninstallCommand(line, terminal);
    case 'run':
      return runCommand({ configuration, logger, program, stop });
  }
}
