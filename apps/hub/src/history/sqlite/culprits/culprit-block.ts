/**
 * A host's samples of culprits of one window as bytes, process by process, so that neighbours are alike; deflated with a checksum (zlib,
 * RFC 1950).
 *
 * Layout before deflate: number of samples; their times as differences of differences; number of processes; who each is; then for each
 * process the lengths of the runs of samples it is not in and is in, in turn, until all samples are told; its CPU and its memory, each as
 * differences from one sample to the next it is in. Of a value in steps one more is taken, so that 0 is unknown.
 */
import { deflate as deflateWithCallback } from 'node:zlib';
import { promisify } from 'node:util';
import type { CulpritSample } from '../../history-store';
import { ByteReader, ByteWriter, CorruptBytesError } from '../bytes';
import { inflate } from '../inflate';
import {
  isSameProcess,
  readIdentity,
  toCulprit,
  useOf,
  writeIdentity,
  type Identity,
  type Use,
} from './culprit-bytes';

const deflate = promisify(deflateWithCallback);

interface Track {
  readonly identity: Identity;
  readonly samples: number[];
  readonly uses: Use[];
}

/** Encodes samples in the order of their times. */
export function encodeCulprits(samples: readonly CulpritSample[]): Promise<Buffer> {
  const out = new ByteWriter();
  out.varint(samples.length);
  let last = 0;
  let lastStep = 0;
  for (const { at } of samples) {
    const step = at - last;
    out.signed(step - lastStep);
    last = at;
    lastStep = step;
  }
  const tracks = toTracks(samples);
  out.varint(tracks.length);
  for (const { identity } of tracks) writeIdentity(out, identity);
  for (const { samples: places } of tracks) writeRuns(out, places, samples.length);
  for (const part of [0, 1] as const) {
    for (const { uses } of tracks)
      writeColumn(
        out,
        uses.map((use) => use[part]),
      );
  }
  return deflate(out.view());
}

/**
 * Decodes a block.
 *
 * @throws CorruptBytesError when it is broken.
 */
export async function decodeCulprits(bytes: Buffer): Promise<CulpritSample[]> {
  const body = await inflate(bytes, 'block of culprits');
  const reader = new ByteReader(body);
  const count = reader.varint();
  const samples: { at: number; culprits: CulpritSample['culprits'][number][] }[] = [];
  let at = 0;
  let step = 0;
  for (let left = count; left > 0; left -= 1) {
    step += reader.signed();
    at += step;
    samples.push({ at, culprits: [] });
  }
  const identities = Array.from({ length: reader.varint() }, () => readIdentity(reader));
  const places = identities.map(() => readRuns(reader, count));
  const cpu = places.map(({ length }) => readColumn(reader, length));
  const memory = places.map(({ length }) => readColumn(reader, length));
  if (!reader.done) throw new CorruptBytesError('bytes after the end');
  identities.forEach((identity, index) => {
    places[index]?.forEach((place, turn) => {
      const use: Use = [cpu[index]?.[turn] ?? null, memory[index]?.[turn] ?? null];
      samples[place]?.culprits.push(toCulprit(identity, use));
    });
  });
  return samples;
}

function toTracks(samples: readonly CulpritSample[]): Track[] {
  const tracks: Track[] = [];
  const byPid = new Map<number, Track[]>();
  samples.forEach(({ culprits }, place) => {
    for (const culprit of culprits) {
      const [pid, started, name, user, command] = culprit;
      let ofPid = byPid.get(pid);
      if (ofPid === undefined) {
        ofPid = [];
        byPid.set(pid, ofPid);
      }
      let track = ofPid.find(({ identity }) => isSameProcess(identity, culprit));
      if (track === undefined) {
        track = { identity: [pid, started, name, user, command], samples: [], uses: [] };
        ofPid.push(track);
        tracks.push(track);
      }
      // A sample has a process once; should it be said twice, what was said first counts.
      if (track.samples.at(-1) === place) continue;
      track.samples.push(place);
      track.uses.push(useOf(culprit));
    }
  });
  return tracks;
}

function writeRuns(out: ByteWriter, places: readonly number[], count: number): void {
  let told = 0;
  let index = 0;
  while (told < count) {
    const first = places[index] ?? count;
    out.varint(first - told);
    told = first;
    if (told === count) return;
    while (places[index] === told) {
      index += 1;
      told += 1;
    }
    out.varint(told - first);
  }
}

function readRuns(reader: ByteReader, count: number): number[] {
  const places: number[] = [];
  let told = 0;
  while (told < count) {
    told += reader.varint();
    if (told >= count) break;
    const end = told + reader.varint();
    if (end > count || end === told) throw new CorruptBytesError('a run of samples is too long');
    for (; told < end; told += 1) places.push(told);
  }
  return places;
}

function writeColumn(out: ByteWriter, values: readonly (number | null)[]): void {
  let last = 0;
  for (const value of values) {
    const coded = value === null ? 0 : value + 1;
    out.signed(coded - last);
    last = coded;
  }
}

function readColumn(reader: ByteReader, count: number): (number | null)[] {
  let last = 0;
  return Array.from({ length: count }, () => {
    last += reader.signed();
    return last <= 0 ? null : last - 1;
  });
}
