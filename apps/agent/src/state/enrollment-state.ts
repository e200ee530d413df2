import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { IdSchema, PublicKeySchema } from '@hostdeck/contracts';
import { z } from 'zod';
import { CliError } from '../cli/cli-error';
import { errorCode } from '../log/error-code';
import { errorText } from '../log/error-text';
import { writeDurably } from './atomic-file';

/** Who this agent is and which hub it belongs to. Holds the private key. */
const EnrollmentStateSchema = z.object({
  version: z.literal(1),
  hub: z.url({ protocol: /^https?$/ }),
  agentId: IdSchema,
  publicKey: PublicKeySchema,
  /** The Ed25519 seed: 32 bytes in base64url. */
  privateKey: PublicKeySchema,
  /** The hub's key as it was at enrollment; a hub with another one is refused. */
  hubPublicKey: PublicKeySchema,
  enrolledAt: z.number(),
});
export type EnrollmentState = z.infer<typeof EnrollmentStateSchema>;

/** Where the enrollment is kept below a state directory. */
export function enrollmentPath(stateDir: string): string {
  return join(stateDir, 'agent.json');
}

/**
 * Makes the state directory, readable by its owner only.
 *
 * @throws CliError when it can not be made or written to.
 */
export async function prepareStateDir(stateDir: string): Promise<void> {
  try {
    const made = await mkdir(stateDir, { recursive: true, mode: 0o700 });
    if (made !== undefined) await chmod(stateDir, 0o700);
    const probe = join(stateDir, '.probe');
    await writeDurably(probe, '');
    await rm(probe);
  } catch (error) {
    throw new CliError(
      'failed',
      `state directory ${stateDir} is not writable: ${errorText(error)}`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Reads the enrollment.
 *
 * @returns `null` when this agent is not enrolled.
 * @throws CliError when the file is there but can not be read or is not an enrollment.
 */
export async function readEnrollment(stateDir: string): Promise<EnrollmentState | null> {
  const path = enrollmentPath(stateDir);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new CliError('failed', `can not read ${path}: ${errorText(error)}`, { cause: error });
  }
  try {
    return EnrollmentStateSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new CliError('failed', `${path} is damaged: restore it, or remove it and enroll again`, {
      cause: error,
    });
  }
}

/** Keeps the enrollment; it is on disk when this returns. */
export async function writeEnrollment(stateDir: string, state: EnrollmentState): Promise<void> {
  await writeDurably(enrollmentPath(stateDir), `${JSON.stringify(state, null, 2)}\n`);
}
