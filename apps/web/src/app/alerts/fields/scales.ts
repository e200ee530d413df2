import type { Unit } from '@hostdeck/contracts';

/** A unit somebody may type a number in. */
export interface Scale {
  readonly name: string;
  /** One of it in the unit that is kept. */
  readonly size: number;
}

/** Spans of time, in ms. */
export const TIME_SCALES = [
  { name: 's', size: 1_000 },
  { name: 'min', size: 60_000 },
  { name: 'h', size: 3_600_000 },
  { name: 'd', size: 86_400_000 },
] as const satisfies readonly Scale[];

const SIZES = scales(1_024, ['B', 'KiB', 'MiB', 'GiB', 'TiB']);
const BYTE_RATES = scales(1_000, ['B/s', 'kB/s', 'MB/s', 'GB/s']);
const BIT_RATES = scales(1_000, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s']);
const FREQUENCIES = scales(1_000, ['Hz', 'kHz', 'MHz', 'GHz']);
const SECONDS = TIME_SCALES.map(({ name, size }): Scale => ({ name, size: size / 1_000 }));

/** Units that have only one size. */
const PLAIN: Readonly<Partial<Record<Unit, string>>> = {
  percent: '%',
  per_second: '/s',
  milliseconds: 'ms',
  celsius: '°C',
  rpm: 'rpm',
  watts: 'W',
  volts: 'V',
};

/** In which units a value of a metric may be typed, the smallest first. */
export function scalesOf(unit: Unit): readonly Scale[] {
  switch (unit) {
    case 'bytes':
      return SIZES;
    case 'bytes_per_second':
      return BYTE_RATES;
    case 'bits_per_second':
      return BIT_RATES;
    case 'hertz':
      return FREQUENCIES;
    case 'seconds':
      return SECONDS;
    default:
      return [{ name: PLAIN[unit] ?? '', size: 1 }];
  }
}

/** The largest unit in which `value` is a whole number, or else the largest that is not larger than it. */
export function fittingScale(scales: readonly Scale[], value: number): Scale {
  const size = Math.abs(value);
  const found =
    scales.findLast((scale) => size >= scale.size && size % scale.size === 0) ??
    scales.findLast((scale) => size >= scale.size);
  return found ?? scales[0] ?? { name: '', size: 1 };
}

/** What somebody typed; `null` when it is no number. A comma is taken for a decimal point. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

function scales(base: number, names: readonly string[]): readonly Scale[] {
  return names.map((name, power) => ({ name, size: base ** power }));
}
