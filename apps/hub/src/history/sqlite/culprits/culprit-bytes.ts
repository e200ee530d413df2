/** The parts of a culprit as bytes: who it is, and what it used in whole steps. */
import type { Culprit } from '@hostdeck/contracts';
import { fromSteps, toSteps } from '../../steps';
import type { ByteReader, ByteWriter } from '../bytes';

/** Resolution of CPU (percent of a core) and of memory (bytes; sixteen pages) of a culprit. */
const CPU_RESOLUTION = 0.1;
const MEMORY_RESOLUTION = 65_536;
/** Steps beyond this are no measurement. */
const MOST_STEPS = 2 ** 42;

/** Who a culprit is: pid, started, name, user, command line. */
export type Identity = readonly [
  pid: number,
  started: number,
  name: string,
  user: string | null,
  command: string | null,
];
/** What it used: CPU and memory, in steps; `null` is unknown. */
export type Use = readonly [cpu: number | null, memory: number | null];

/** Whether two culprits with one pid are the same process under the same name. */
export function isSameProcess(first: Culprit | Identity, second: Culprit | Identity): boolean {
  return (
    first[1] === second[1] &&
    first[2] === second[2] &&
    first[3] === second[3] &&
    first[4] === second[4]
  );
}

/** What a culprit used, in steps. */
export function useOf([, , , , , cpu, memory]: Culprit): Use {
  return [stepsOf(cpu, CPU_RESOLUTION), stepsOf(memory, MEMORY_RESOLUTION)];
}

/** The culprit of an identity and its use. */
export function toCulprit([pid, started, name, user, command]: Identity, use: Use): Culprit {
  const [cpu, memory] = use;
  return [
    pid,
    started,
    name,
    user,
    command,
    cpu === null ? null : fromSteps(cpu, CPU_RESOLUTION),
    memory === null ? null : fromSteps(memory, MEMORY_RESOLUTION),
  ];
}

function stepsOf(value: number | null, resolution: number): number | null {
  if (value === null) return null;
  const steps = toSteps(value, resolution);
  return steps >= 0 && steps <= MOST_STEPS ? steps : null;
}

export function writeIdentity(out: ByteWriter, identity: Identity): void {
  const [pid, started, name, user, command] = identity;
  out.varint(pid);
  out.varint(started);
  for (const text of [name, user, command]) writeText(out, text);
}

export function readIdentity(reader: ByteReader): Identity {
  return [
    reader.varint(),
    reader.varint(),
    readText(reader) ?? '',
    readText(reader),
    readText(reader),
  ];
}

/** A number from 0 on, or `null`. */
export function writeOptional(out: ByteWriter, value: number | null): void {
  out.varint(value === null ? 0 : value + 1);
}

export function readOptional(reader: ByteReader): number | null {
  const coded = reader.varint();
  return coded === 0 ? null : coded - 1;
}

function writeText(out: ByteWriter, text: string | null): void {
  if (text === null) {
    out.varint(0);
    return;
  }
  const bytes = Buffer.from(text, 'utf8');
  out.varint(bytes.length + 1);
  out.bytes(bytes);
}

function readText(reader: ByteReader): string | null {
  const length = readOptional(reader);
  return length === null ? null : Buffer.from(reader.bytes(length)).toString('utf8');
}
