import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { ValueSource } from '@hostdeck/simulated-agent';

/** Recordings of real machines, as `/api/hosts/:id/export?format=json` gives them; they lie beside the sources. */
const FOLDER = fileURLToPath(new URL('../../bench/recordings/', import.meta.url));

/** A recorded machine, played again and again: the n-th question gets the n-th recorded frame. */
export class Recording implements ValueSource {
  readonly keys: readonly string[];
  private readonly frames: readonly (readonly (number | null)[])[];
  private next = 0;

  constructor(readonly name: string) {
    const text = gunzipSync(readFileSync(`${FOLDER}${name}.jsonl.gz`)).toString('utf8');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { values: Record<string, number | null> }).values);
    this.keys = [...new Set(lines.flatMap((values) => Object.keys(values)))];
    this.frames = lines.map((values) => this.keys.map((key) => values[key] ?? null));
  }

  get length(): number {
    return this.frames.length;
  }

  at(): (number | null)[] {
    const frame = this.frames[this.next % this.frames.length] ?? [];
    this.next += 1;
    return [...frame];
  }
}
