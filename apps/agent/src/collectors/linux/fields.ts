/** Numbers in the kernel's text. What is not there is `null`, what is not a number `NaN`: both end as unknown. */

/** The fields of a line, separated by blanks. */
export function fields(line: string): string[] {
  const text = line.trim();
  if (text.includes('\t') || text.includes('\n')) return text.split(/\s+/);
  const parts = text.split(' ');
  // Most lines have one blank between two fields; where there are more, leaving out what is empty is several times faster than a pattern.
  return text.includes('  ') ? parts.filter(isNotEmpty) : parts;
}

function isNotEmpty(part: string): boolean {
  return part !== '';
}

/** The number at `index`, or `null` where the line is shorter. */
export function numberAt(parts: readonly string[], index: number): number | null {
  const text = parts[index];
  return text === undefined || text === '' ? null : Number(text);
}

/** The number behind `name` at the start of a line, as in `MemTotal:  123 kB` or `pswpin 4`; `null` when there is none. */
export function numberAfter(text: string, name: string): number | null {
  const start = text.startsWith(name) ? 0 : text.indexOf(`\n${name}`) + 1;
  if (start === 0 && !text.startsWith(name)) return null;
  const from = start + name.length;
  const end = text.indexOf('\n', from);
  const number = Number.parseInt(text.slice(from, end === -1 ? undefined : end), 10);
  return Number.isNaN(number) ? null : number;
}

/** Sum of what is known; `null` when nothing is. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  let sum: number | null = null;
  for (const value of values) if (value !== null) sum = (sum ?? 0) + value;
  return sum;
}

/** The word at `index` of a line that begins at `start`, words separated by blanks; empty where the line is shorter. */
export function wordAt(text: string, start: number, index: number): string {
  let at = start;
  for (let word = 0; ; word += 1) {
    while (text.charCodeAt(at) === BLANK) at += 1;
    const from = at;
    while (at < text.length && !isSeparator(text.charCodeAt(at))) at += 1;
    if (word === index) return text.slice(from, at);
    if (text.charCodeAt(at) !== BLANK) return '';
  }
}

const BLANK = 0x20;
const LINE_END = 0x0a;

function isSeparator(code: number): boolean {
  return code === BLANK || code === LINE_END;
}

/** Calls `use` with the start and the end of every line. */
export function eachLine(text: string, use: (start: number, end: number) => void): void {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    use(start, end);
    start = end + 1;
  }
}
