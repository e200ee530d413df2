import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of 64 KiB. */
export class SmallDisk {
  readonly #path: string;

  /** Mounts it at `path`, which is made. */
  constructor(path: string) {
    this.#path = path;
    mkdirSync(path);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path], { stdio: 'ignore' });
  }

  /** Whether this machine lets us mount one: that takes root, and not in every container. */
  static isPossible(): boolean {
    const folder = mkdtempSync(join(tmpdir(), 'hostdeck-disk-'));
    const path = join(folder, 'disk');
    try {
      new SmallDisk(path).dispose();
      return true;
    } catch {
      return false;
    } finally {
      rmdirSync(path);
      rmdirSync(folder);
    }
  }

  /** Unmounts it, also when a test that failed has left a file open. */
  dispose(): void {
    execFileSync('umount', ['--lazy', this.#path]);
  }
}
