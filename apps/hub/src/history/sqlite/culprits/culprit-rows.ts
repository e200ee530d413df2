/**
 * One sample of culprits as a row of their journal. Most processes are there again and again: a row names only those that the rows before
 * it of the same host and window have not named, and refers to the others by their place.
 *
 * Layout: 1 when it refers to nothing before it, else 0; the number of culprits; for each its place, after a new place who it is, then
 * CPU and memory in steps plus one, 0 for unknown.
 */
import type { Culprit } from '@hostdeck/contracts';
import { ByteReader, CorruptBytesError, type ByteWriter } from '../bytes';
import {
  isSameProcess,
  readIdentity,
  readOptional,
  toCulprit,
  useOf,
  writeIdentity,
  writeOptional,
  type Identity,
} from './culprit-bytes';

/** Names in a row of rows before a new one is begun: bounds memory where processes come and go. */
const MOST_NAMES = 250;

interface Named {
  readonly place: number;
  readonly culprit: Culprit;
}

/** What the rows of one host and window have named so far. */
export class NameBook {
  private readonly byPid = new Map<number, Named>();
  private size = 0;

  /** @param window start of the window that the rows belong to */
  constructor(readonly window: number) {}

  get isFull(): boolean {
    return this.size >= MOST_NAMES;
  }

  /** Writes a sample, and takes note of the names in it. */
  write(out: ByteWriter, culprits: readonly Culprit[]): void {
    out.varint(this.size === 0 ? 1 : 0);
    out.varint(culprits.length);
    for (const culprit of culprits) {
      const known = this.byPid.get(culprit[0]);
      if (known !== undefined && isSameProcess(known.culprit, culprit)) out.varint(known.place);
      else {
        out.varint(this.size);
        writeIdentity(out, identityOf(culprit));
        this.byPid.set(culprit[0], { place: this.size, culprit });
        this.size += 1;
      }
      const [cpu, memory] = useOf(culprit);
      writeOptional(out, cpu);
      writeOptional(out, memory);
    }
  }
}

/**
 * Reads rows of one host and window in the order they were written.
 *
 * @throws CorruptBytesError when a row refers to what no row before it has named.
 */
export function readCulpritRows(rows: readonly { readonly bytes: Uint8Array }[]): Culprit[][] {
  let names: Identity[] = [];
  return rows.map(({ bytes }) => {
    const reader = new ByteReader(bytes);
    if (reader.varint() === 1) names = [];
    const culprits: Culprit[] = [];
    for (let left = reader.varint(); left > 0; left -= 1) {
      const place = reader.varint();
      if (place === names.length) names.push(readIdentity(reader));
      const identity = names[place];
      if (identity === undefined) throw new CorruptBytesError('a process that has no name');
      culprits.push(toCulprit(identity, [readOptional(reader), readOptional(reader)]));
    }
    return culprits;
  });
}

function identityOf([pid, started, name, user, command]: Culprit): Identity {
  return [pid, started, name, user, command];
}
