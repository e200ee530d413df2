import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Configuration } from '../config/configuration';
import { errorText } from '../log/error-text';
import { hasSystemd, putFile, servicePaths, takeAway, UNIT_NAME } from '../service/service-files';
import { systemdUnit } from '../service/systemd-unit';
import { readEnrollment } from '../state/enrollment-state';
import { CliError } from './cli-error';
import type { Terminal } from './terminal';

const DEADLINE = 60_000;

interface ServiceOptions {
  readonly dryRun: boolean;
  readonly root: string;
}

/**
 * `hostdeck-agent install`: puts the program and a unit of systemd in place, and starts it. What is as it should be already stays.
 *
 * @throws CliError when it can not be done, saying what to do
 */
export async function installCommand(
  { dryRun, root }: ServiceOptions,
  options: {
    readonly configuration: Configuration;
    readonly program: string;
    readonly terminal: Terminal;
  },
): Promise<number> {
  const { configuration, program, terminal } = options;
  const { stateDir } = configuration;
  requireSystemd(root);
  if ((await readEnrollment(stateDir)) === null) {
    throw new CliError(
      'failed',
      `this agent is not enrolled (${stateDir}): run hostdeck-agent enroll as root first`,
    );
  }
  const paths = servicePaths(root);
  const unit = systemdUnit({ node: process.execPath, program: paths.programInSystem, stateDir });
  if (dryRun) {
    terminal.out(`# would copy ${program} to ${paths.program}\n`);
    terminal.out(`# would write ${paths.unit}:\n${unit}`);
    terminal.out(`# would run systemctl daemon-reload, enable and restart ${UNIT_NAME}\n`);
    return 0;
  }
  requireRoot(root);
  const isNewProgram = put(paths.program, readFileSync(program), 0o755);
  const isNewUnit = put(paths.unit, Buffer.from(unit), 0o644);
  if (isNewUnit) systemctl('daemon-reload');
  systemctl('enable', UNIT_NAME);
  systemctl(isNewProgram || isNewUnit ? 'restart' : 'start', UNIT_NAME);
  terminal.out(
    isNewProgram || isNewUnit
      ? `installed as ${UNIT_NAME} and started; journalctl -u hostdeck-agent shows what it says\n`
      : `${UNIT_NAME} was installed already, and runs\n`,
  );
  return 0;
}

/**
 * `hostdeck-agent uninstall`: stops the service and removes its files. Identity and outbox stay.
 *
 * @throws CliError when it can not be done, saying what to do
 */
export function uninstallCommand({ dryRun, root }: ServiceOptions, terminal: Terminal): number {
  const paths = servicePaths(root);
  const folder = dirname(paths.program);
  if (dryRun) {
    terminal.out(`# would run systemctl disable --now ${UNIT_NAME}\n`);
    terminal.out(`# would remove ${paths.unit} and ${folder}\n`);
    return 0;
  }
  requireRoot(root);
  const isInstalled = existsSync(paths.unit);
  if (isInstalled) systemctl('disable', '--now', UNIT_NAME);
  const removed = [take(paths.unit), take(folder)];
  if (isInstalled) systemctl('daemon-reload');
  terminal.out(
    removed.includes(true)
      ? 'the service is removed; identity and outbox are left where they are\n'
      : 'there is no service to remove\n',
  );
  return 0;
}

function requireSystemd(root: string): void {
  if (process.platform === 'linux' && hasSystemd(root)) return;
  throw new CliError(
    'failed',
    'there is no systemd here: have your own service manager start hostdeck-agent run, with HOSTDECK_STATE_DIR set',
  );
}

function requireRoot(root: string): void {
  if (root !== '/' || process.getuid?.() === 0) return;
  throw new CliError(
    'failed',
    'this takes root: run it with sudo; --dry-run shows what it would do',
  );
}

function put(path: string, content: Buffer, mode: number): boolean {
  try {
    return putFile(path, content, mode);
  } catch (error) {
    throw new CliError('failed', `can not write ${path}: ${errorText(error)}`, { cause: error });
  }
}

function take(path: string): boolean {
  try {
    return takeAway(path);
  } catch (error) {
    throw new CliError('failed', `can not remove ${path}: ${errorText(error)}`, { cause: error });
  }
}

function systemctl(...words: string[]): void {
  const { status, stderr, error } = spawnSync('systemctl', words, {
    timeout: DEADLINE,
    encoding: 'utf8',
  });
  if (status === 0) return;
  const reason = error === undefined ? stderr.trim().replace(/\s+/g, ' ') : errorText(error);
  throw new CliError('failed', `systemctl ${words.join(' ')} failed: ${reason}`, { cause: error });
}
