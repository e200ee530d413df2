import type { Unit } from '@hostdeck/contracts';
import { count } from '../language/count';
import { LOCALE } from '../language/language';
import { fixed } from './decimal';
import { durationWords } from './duration';

/** A number ready to be shown: the unit is set apart because it is drawn smaller. */
export interface Quantity {
  readonly value: string;
  /** Empty for plain counts. */
  readonly unit: string;
}

/** What stands where nothing is known. */
export const UNKNOWN: Quantity = { value: '–', unit: '' };

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const DECIMAL_RATE = ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s', 'PB/s'];
const BIT_RATE = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'];
const FREQUENCY = ['Hz', 'kHz', 'MHz', 'GHz', 'THz'];

/** A value in at most three significant digits; sizes in powers of 1,024, rates in powers of 1,000. */
export function quantity(unit: Unit, value: number | null): Quantity {
  return value === null ? UNKNOWN : scaled(unit, value, shortDigits);
}

/** A value as exact as it is stored, for hovering. */
export function exactQuantity(unit: Unit, value: number | null): Quantity {
  return value === null ? UNKNOWN : scaled(unit, value, longDigits);
}

/** A quantity as one text; its parts are held together. */
export function quantityText({ value, unit }: Quantity): string {
  return unit === '' ? value : `${value}\u00a0${unit}`;
}

/** {@link quantity} as one text. */
export function formatValue(unit: Unit, value: number | null): string {
  return quantityText(quantity(unit, value));
}

/** {@link exactQuantity} as one text. */
export function formatExact(unit: Unit, value: number | null): string {
  return quantityText(exactQuantity(unit, value));
}

/** Bytes one by one, for whoever needs each of them: `3,221,225,472 B`. */
export function formatBytes(value: number | null): string {
  if (value === null) return UNKNOWN.value;
  return `${count(value)}\u00a0B`;
}

type Digits = (value: number) => string;

function scaled(unit: Unit, value: number, digits: Digits): Quantity {
  switch (unit) {
    case 'percent':
      return { value: percentDigits(value, digits), unit: '%' };
    case 'bytes':
      return inPowers(value, { base: 1_024, names: BINARY, digits });
    case 'bytes_per_second':
      return inPowers(value, { base: 1_000, names: DECIMAL_RATE, digits });
    case 'per_second':
      return { value: digits(value), unit: '/s' };
    case 'count':
      return { value: count(value), unit: '' };
    case 'load':
      return { value: digits(value), unit: '' };
    case 'seconds':
      return value !== 0 && Math.abs(value) < 1
        ? { value: digits(value * 1_000), unit: 'ms' }
        : { value: durationWords(value * 1_000), unit: '' };
    case 'milliseconds':
      return { value: digits(value), unit: 'ms' };
    case 'celsius':
      return { value: digits(value), unit: '°C' };
    case 'rpm':
      return { value: count(value), unit: 'rpm' };
    case 'watts':
      return { value: digits(value), unit: 'W' };
    case 'volts':
      return { value: digits(value), unit: 'V' };
    case 'hertz':
      return inPowers(value, { base: 1_000, names: FREQUENCY, digits });
    case 'bits_per_second':
      return inPowers(value, { base: 1_000, names: BIT_RATE, digits });
    case 'flag':
      return { value: Number(value.toFixed(2)).toLocaleString(LOCALE), unit: '' };
    case 'number':
      return { value: plainNumber(value, digits), unit: '' };
  }
}

/** Shares are stored to a tenth and shown so: 5.2, 12.4, 100. */
function percentDigits(value: number, digits: Digits): string {
  return digits === shortDigits && Math.abs(value) >= 99.95 ? fixed(value, 0) : fixed(value, 1);
}

/** A number of unknown size: whole from a thousand on, else by its significant digits, so that 0.0004 is not 0. */
function plainNumber(value: number, digits: Digits): string {
  if (Math.abs(value) >= 1_000) return count(value);
  return value.toLocaleString(LOCALE, { maximumSignificantDigits: digits === shortDigits ? 3 : 6 });
}

interface Powers {
  readonly base: number;
  readonly names: readonly string[];
  readonly digits: Digits;
}

function inPowers(value: number, { base, names, digits }: Powers): Quantity {
  let scaledValue = value;
  let power = 0;
  // From 999.5 on a fourth digit would be needed: the next unit is taken before that, also in powers of 1,024.
  while (Math.abs(scaledValue) >= 999.5 && power < names.length - 1) {
    scaledValue /= base;
    power += 1;
  }
  // Bytes are whole; a tenth of one says nothing.
  const text = power === 0 ? fixed(scaledValue, 0) : digits(scaledValue);
  return { value: text, unit: names[power] ?? '' };
}

function shortDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return fixed(value, 0);
  if (size >= 9.995) return fixed(value, 1);
  return fixed(value, 2);
}

function longDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return fixed(value, 1);
  return fixed(value, size >= 9.995 ? 2 : 3);
}
