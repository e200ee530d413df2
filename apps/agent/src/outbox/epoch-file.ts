import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EpochSchema, IdSchema } from '@hostdeck/contracts';
import { z } from 'zod';
import { errorCode } from '../log/error-code';

/** Whose frames a spool holds, and under which epoch they are numbered. */
const EpochFileSchema = z.object({ version: z.literal(1), epoch: EpochSchema, agentId: IdSchema });

function epochPath(directory: string): string {
  return join(directory, 'epoch.json');
}

/** A new epoch: 64 random bits. */
export function createEpoch(): string {
  return randomBytes(8).toString('hex');
}

/**
 * Reads the epoch of a spool.
 *
 * @returns `null` when there is none, or it is not this agent's: its frames are nothing to us
 * @throws errors of the system
 */
export function readEpoch(directory: string, agentId: string): string | null {
  let text: string;
  try {
    text = readFileSync(epochPath(directory), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  const parsed = EpochFileSchema.safeParse(parseJson(text));
  return parsed.success && parsed.data.agentId === agentId ? parsed.data.epoch : null;
}

/** Keeps the epoch; it is on disk when this returns. @throws errors of the system */
export function writeEpoch(directory: string, epoch: string, agentId: string): void {
  const path = epochPath(directory);
  const content: z.infer<typeof EpochFileSchema> = { version: 1, epoch, agentId };
  withFile(`${path}.tmp`, 'w', (file) => {
    writeFileSync(file, `${JSON.stringify(content)}\n`);
    fsyncSync(file);
  });
  renameSync(`${path}.tmp`, path);
  withFile(dirname(path), 'r', fsyncSync);
}

function withFile(path: string, flags: string, use: (file: number) => void): void {
  const file = openSync(path, flags, 0o600);
  try {
    use(file);
  } finally {
    closeSync(file);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A damaged one is as good as none: what is numbered under an epoch nobody knows must not be sent.
    return undefined;
  }
}
