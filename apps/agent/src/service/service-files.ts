import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export const UNIT_NAME = 'hostdeck-agent.service';

/** Where the service's files are, below the root of a system. */
export interface ServicePaths {
  readonly unit: string;
  readonly program: string;
  /** As the system itself calls it. */
  readonly programInSystem: string;
}

export function servicePaths(root: string): ServicePaths {
  const programInSystem = '/usr/local/lib/hostdeck-agent/hostdeck-agent.mjs';
  return {
    unit: join(root, 'etc/systemd/system', UNIT_NAME),
    program: join(root, programInSystem),
    programInSystem,
  };
}

/** Whether a system has systemd: running, or, of one that is only being made, installed. */
export function hasSystemd(root: string): boolean {
  const marks =
    root === '/' ? ['run/systemd/system'] : ['run/systemd/system', 'lib/systemd/systemd'];
  return marks.some((mark) => existsSync(join(root, mark)));
}

/**
 * Has a file hold `content`: all of it or what it held before.
 *
 * @returns whether it was another before
 * @throws errors of the system
 */
export function putFile(path: string, content: Buffer, mode: number): boolean {
  if (existsSync(path) && readFileSync(path).equals(content)) return false;
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  const temporary = `${path}.new`;
  writeFileSync(temporary, content, { mode });
  chmodSync(temporary, mode);
  renameSync(temporary, path);
  return true;
}

/** Removes a file or folder. @returns whether there was one */
export function takeAway(path: string): boolean {
  if (!existsSync(path)) return false;
  rmSync(path, { recursive: true });
  return true;
}
