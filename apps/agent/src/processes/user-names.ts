import { readFileSync, statSync } from 'node:fs';
import { toDisplayText } from '@hostdeck/contracts';
import { errorText } from '../log/error-text';
import type { Logger } from '../log/logger';

/** Least time between two looks whether the file has changed, ms. */
const LOOK_AFTER = 60_000;
const MAX_NAME = 64;

/** Names of users by number, from passwd(5). Users of a directory service that are not in the file have their number for a name. */
export class UserNames {
  readonly #path: string;
  readonly #logger: Logger;
  #names = new Map<number, string>();
  #version = '';
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** @param path `/etc/passwd`, or a file like it */
  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
  }

  /** The name of a user. @param now monotonic time, ms */
  name(user: number, now: number): string {
    if (now - this.#lookedAt >= LOOK_AFTER) {
      this.#lookedAt = now;
      this.#look();
    }
    return this.#names.get(user) ?? String(user);
  }

  #look(): void {
    try {
      const { mtimeMs, size, ino } = statSync(this.#path);
      const version = `${ino} ${mtimeMs} ${size}`;
      if (version === this.#version) return;
      this.#names = parsePasswd(readFileSync(this.#path, 'utf8'));
      this.#version = version;
    } catch (error) {
      this.#logger.repeated('users', 'warn', `names of users are not known: ${errorText(error)}`);
    }
  }
}

function parsePasswd(text: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name = '', , user = ''] = line.split(':');
    // Of several names of one number, the first is the one that programs show.
    if (name !== '' && /^\d+$/.test(user) && !names.has(Number(user))) {
      names.set(Number(user), toDisplayText(name.slice(0, MAX_NAME)));
    }
  }
  return names;
}
