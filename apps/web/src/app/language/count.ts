import { LOCALE } from './language';

const WHOLE = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** A whole number as the viewer writes it: `1,234`, `1.234`. */
export function count(value: number): string {
  return WHOLE.format(value);
}
