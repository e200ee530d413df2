import { LOCALE } from '../language/language';

/** What stands between the whole and the rest: a point or a comma. */
const SEPARATOR =
  new Intl.NumberFormat(LOCALE).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ??
  '.';

/** A number with so many places after the decimal separator of the viewer. */
export function fixed(value: number, places: number): string {
  return value.toFixed(places).replace('.', SEPARATOR);
}

/** A number with all its digits, as the viewer types it: no groups of thousands, their own decimal separator. */
export function localNumber(value: number): string {
  return String(value).replace('.', SEPARATOR);
}
