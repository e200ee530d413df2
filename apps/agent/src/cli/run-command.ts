import { once } from 'node:events';
import { join } from 'node:path';
import { platformCollectors } from '../collectors/platform-collectors';
import type { Configuration } from '../config/configuration';
import { Daemon } from '../daemon/daemon';
import { enroll, EnrollmentError } from '../enrollment/enroll';
import { HostFactsReader } from '../facts/host-facts';
import { runInventory } from '../facts/inventory';
import { generateIdentity } from '../identity/keys';
import { Backoff } from '../link/backoff';
import { errorText } from '../log/error-text';
import type { Logger } from '../log/logger';
import { DiskOutbox } from '../outbox/disk-outbox';
import { platformProcesses } from '../processes/platform-processes';
import { platformStrain } from '../sampler/host-strain';
import { SettingsKeeper } from '../settings/settings-keeper';
import { prepareStateDir, readEnrollment, type EnrollmentState } from '../state/enrollment-state';
import { lockStateDir, type StateLock } from '../state/state-lock';
import { CliError } from './cli-error';

export interface RunOptions {
  readonly configuration: Configuration;
  readonly logger: Logger;
  /** Path of this program's bundle. */
  readonly program: string;
  /** Aborted when the agent shall stop. */
  readonly stop: AbortSignal;
}

/** `hostdeck-agent run`: samples and reports until told to stop; enrolls first where it was told how. */
export async function runCommand({
  configuration,
  logger,
  program,
  stop,
}: RunOptions): Promise<number> {
  const { stateDir, textfileDir, interval } = configuration;
  const { platform } = process;
  const enrollment = await enrollmentOf(configuration, logger, stop);
  if (enrollment === null) return 0;
  const lock = lockIfWritable(stateDir, logger);
  const facts = new HostFactsReader({
    platform,
    inventory: () => runInventory(program),
    logger,
  });
  const settings = new SettingsKeeper({ stateDir, configured: interval, logger });
  const { scanner, culprits } = await platformProcesses(platform, {
    settings: () => settings.current,
    logger,
  });
  const daemon = new Daemon({
    enrollment,
    stateDir,
    settings,
    collectors: await platformCollectors({
      platform,
      textfileDir,
      options: () => settings.current,
    }),
    scanner,
    culprits,
    strain: platformStrain(platform),
    outbox: new DiskOutbox({
      directory: join(stateDir, 'outbox'),
      agentId: enrollment.agentId,
      logger,
    }),
    facts: () => facts.read(),
    logger,
  });
  daemon.start();
  if (!stop.aborted) await once(stop, 'abort');
  logger.info('stopping');
  await daemon.stop();
  lock?.release();
  return 0;
}

/** Takes the state directory; `null` when it can not be written to: a full disk is no reason not to watch the machine. */
function lockIfWritable(stateDir: string, logger: Logger): StateLock | null {
  try {
    return lockStateDir(stateDir);
  } catch (error) {
    if (error instanceof CliError) throw error;
    logger.error(`the state directory ${stateDir} can not be written to: ${errorText(error)}`);
    return null;
  }
}

/** The enrollment to run with, made if need be; `null` when told to stop before there was one. */
async function enrollmentOf(
  configuration: Configuration,
  logger: Logger,
  stop: AbortSignal,
): Promise<EnrollmentState | null> {
  const { hub, token, tags, stateDir } = configuration;
  const known = await readEnrollment(stateDir);
  if (known !== null) {
    if (hub === null || hub === known.hub) return known;
    throw new CliError(
      'failed',
      `this agent is enrolled at ${known.hub}, not at ${hub}: unset HOSTDECK_HUB, or enroll there with --force`,
    );
  }
  if (hub === null || token === null) {
    throw new CliError(
      'failed',
      'this agent is not enrolled: run hostdeck-agent enroll, or set HOSTDECK_HUB and HOSTDECK_TOKEN',
    );
  }
  await prepareStateDir(stateDir);
  const backoff = new Backoff();
  const identity = generateIdentity();
  while (!stop.aborted) {
    try {
      const enrollment = await enroll({ hub, token, tags, stateDir, identity });
      logger.info(`enrolled at ${hub} as ${enrollment.agentId}`);
      return enrollment;
    } catch (error) {
      if (!(error instanceof EnrollmentError)) throw error;
      if (!error.temporary) throw new CliError('failed', error.message, { cause: error });
      logger.repeated('enroll', 'warn', `${error.message}; trying again`);
    }
    await waitOrStop(backoff.next(), stop);
  }
  return null;
}

async function waitOrStop(milliseconds: number, stop: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    stop.addEventListener('abort', done);
  });
}
