import { readdirSync } from 'node:fs';

const PATTERN = /^\d{16}\.segment$/;

/** File name of the segment that begins with frame `first`; names sort as the segments follow one another. */
export function segmentName(first: number): string {
  return `${String(first).padStart(16, '0')}.segment`;
}

/** The seq that a segment's name tells. */
export function firstOf(name: string): number {
  return Number.parseInt(name, 10);
}

/** Names of the segments in a directory, oldest first. @throws errors of the system */
export function segmentNames(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => PATTERN.test(name))
    .sort();
}
