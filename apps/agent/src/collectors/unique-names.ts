import { MAX_INSTANCE_LENGTH, toDisplayText } from '@hostdeck/contracts';

/** Left for the number of a name that is taken. */
const ROOM = 8;

/** Names of instances as they are shown, each once: things of the same name get a number, such as the second of two equal cards. */
export class UniqueNames {
  readonly #taken = new Set<string>();

  /** The name itself, made fit to be shown, or with the next free number behind it. */
  take(name: string): string {
    const base = toDisplayText(name).slice(0, MAX_INSTANCE_LENGTH - ROOM);
    let unused = base;
    for (let number = 2; this.#taken.has(unused); number += 1) unused = `${base} #${number}`;
    this.#taken.add(unused);
    return unused;
  }
}
