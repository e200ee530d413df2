/**
 * The text format that Prometheus scrapes, version 0.0.4. Source of the format and of its escaping: "Exposition formats",
 * section "Text-based format", of the Prometheus documentation.
 */

/** Media type of the format. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/** One value of a family; `suffix` is put behind the family's name (`_sum`, `_count`). */
export interface Sample {
  readonly labels?: Labels;
  readonly suffix?: string;
  readonly value: number;
}

/** What a family says of itself. */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'summary';
  readonly help: string;
}

/** A label's value, between its quotes: backslash, quote and line feed are escaped. */
export function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** The two lines before a family's samples. */
export function header({ name, type, help }: Family): string {
  const text = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return `# HELP ${name} ${text}\n# TYPE ${name} ${type}\n`;
}

/** A value as the format writes it. */
export function formatValue(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

/** A whole family: its header and its samples. */
export function format(family: Family, samples: readonly Sample[]): string {
  const lines = samples.map(({ labels = {}, suffix = '', value }) => {
    const pairs = Object.entries(labels).map(([name, text]) => `${name}="${escapeLabel(text)}"`);
    const braces = pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
    return `${family.name}${suffix}${braces} ${formatValue(value)}\n`;
  });
  return header(family) + lines.join('');
}
