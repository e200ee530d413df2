import type { Unit } from '@hostdeck/contracts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const DECIMAL = ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s'];
const FREQUENCY = ['Hz', 'kHz', 'MHz', 'GHz'];
const BIT_RATE = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'];

/** A span in its two largest units, such as `2 h 5 min`. */
export function durationWords(ms: number): string {
  const rest = Math.max(0, Math.round(ms / SECOND) * SECOND);
  const parts: [number, string][] = [
    [Math.floor(rest / DAY), 'd'],
    [Math.floor((rest % DAY) / HOUR), 'h'],
    [Math.floor((rest % HOUR) / MINUTE), 'min'],
    [Math.floor((rest % MINUTE) / SECOND), 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** A moment in UTC, to the second. */
export function timeWords(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A signed offset in seconds. */
export function offsetWords(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / SECOND).toFixed(1)} s`;
}

function digits(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

function inPowers(value: number, base: number, names: readonly string[]): string {
  let scaled = value;
  let power = 0;
  while (Math.abs(scaled) >= base && power < names.length - 1) {
    scaled /= base;
    power += 1;
  }
  return `${digits(scaled)} ${names[power] ?? ''}`;
}

/** A value with its unit, for messages. */
export function quantityWords(unit: Unit, value: number): string {
  switch (unit) {
    case 'percent':
      // A change per second may be a small part of a percent.
      return `${Number(Math.abs(value) < 1 ? value.toPrecision(2) : value.toFixed(1))} %`;
    case 'bytes':
      return inPowers(value, 1_024, BINARY);
    case 'bytes_per_second':
      return inPowers(value, 1_000, DECIMAL);
    case 'per_second':
      return `${digits(value)} /s`;
    case 'count':
    case 'load':
      return digits(value);
    case 'seconds':
      return durationWords(value * SECOND);
    case 'milliseconds':
      return `${digits(value)} ms`;
    case 'celsius':
      return `${digits(value)} °C`;
    case 'rpm':
      return `${digits(value)} rpm`;
    case 'watts':
      return `${digits(value)} W`;
    case 'volts':
      return `${digits(value)} V`;
    case 'hertz':
      return inPowers(value, 1_000, FREQUENCY);
    case 'bits_per_second':
      return inPowers(value, 1_000, BIT_RATE);
    case 'flag':
    case 'number':
      return digits(value);
  }
}
