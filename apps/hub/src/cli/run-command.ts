import { join } from 'node:path';
import { HOSTDECK_VERSION } from '@hostdeck/contracts';
import { backUp } from '../backup/backup';
import { checkDatabase } from '../backup/check';
import { restore } from '../backup/restore';
import type { HubConfig } from '../config/config';
import { DATABASE_FILE } from '../config/data-files';
import { USAGE, type OfflineCommand } from './command-line';

interface Surroundings {
  /** Read only by commands that need it. */
  readonly config: () => HubConfig;
  /** Writes a line for people. */
  readonly say: (line: string) => void;
}

/**
 * Carries out everything but running the hub.
 *
 * @returns the exit code
 * @throws {StartError} when it cannot be done, with what to do.
 */
export async function runCommand(
  command: OfflineCommand,
  { config, say }: Surroundings,
): Promise<number> {
  switch (command.name) {
    case 'help':
      say(USAGE.trimEnd());
      return 0;
    case 'version':
      say(HOSTDECK_VERSION);
      return 0;
    case 'backup': {
      const bytes = await backUp(config().dataDir, command.file);
      say(`backed up to ${command.file} (${(bytes / 1e6).toFixed(1)} MB)`);
      return 0;
    }
    case 'restore': {
      const { oldDatabase, oldKey, oldSecretKey } = await restore(config().dataDir, command.file);
      for (const old of [oldDatabase, oldKey, oldSecretKey]) {
        if (old !== null) say(`set aside ${old}`);
      }
      say(`restored ${command.file}`);
      return 0;
    }
    case 'check': {
      const path = command.file ?? join(config().dataDir, DATABASE_FILE);
      const { counts, problems } = await checkDatabase(path, say);
      const { chunks, frames, blocks, points, rows, culprits } = counts;
      const found = `${frames} frames in ${chunks} chunks, ${rows} not sealed, ${points} points in ${blocks} blocks, ${culprits} samples of culprits`;
      say(`${path}: ${found}: ${verdict(problems)}`);
      return problems === 0 ? 0 : 1;
    }
  }
}

function verdict(problems: number): string {
  if (problems === 0) return 'all is well';
  return problems === 1 ? '1 problem' : `${problems} problems`;
}
