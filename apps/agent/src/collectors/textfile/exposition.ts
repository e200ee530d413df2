/**
 * Prometheus' text format as the textfile collector of node_exporter reads it (Prometheus' documentation, "Exposition formats", text-based
 * format 0.0.4). What it refuses is refused here too, as a whole file: half of a file that was just being written is not to be believed.
 */

/** Types a `# TYPE` line may name. */
const TYPES = ['counter', 'gauge', 'histogram', 'summary', 'untyped'] as const;
export type FamilyType = (typeof TYPES)[number];

/** One sample; `value` is `null` for NaN and the infinities, of which nothing can be drawn. */
export interface Sample {
  readonly name: string;
  /** Ascending by name. */
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly value: number | null;
  /** Of the family that the sample belongs to. */
  readonly type: FamilyType;
}

/** Thrown for text that is not in the format; says the line and what is wrong, and repeats nothing of it but names. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError';
}

const COMMENT = /^#[ \t]+(HELP|TYPE)[ \t]+([a-zA-Z_:][a-zA-Z0-9_:]*)(?:[ \t]+(.*))?$/;
const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /[ \t]*([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*/y;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const NO_NUMBER = /^(?:nan|[+-]?inf(?:inity)?)$/i;
/** Endings of the samples of a histogram or a summary behind the name of their family. */
const PART = /_(?:bucket|sum|count)$/;

/**
 * Reads a file.
 *
 * @throws ExpositionError
 */
export function parseExposition(text: string): Sample[] {
  return new Parser().parse(text);
}

class Parser {
  readonly #types = new Map<string, FamilyType>();
  readonly #helped = new Set<string>();
  readonly #sampled = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #samples: Sample[] = [];
  #line = 0;

  parse(text: string): Sample[] {
    const lines = text.split('\n');
    // What stands behind the last end of a line is a line that was not written to its end.
    if (lines.pop() !== '') {
      this.#line = lines.length + 1;
      throw this.#error('the line does not end');
    }
    for (const line of lines) {
      this.#line += 1;
      const content = line.trim();
      if (content.startsWith('#')) this.#readComment(content);
      else if (content !== '') this.#readSample(content);
    }
    return this.#samples;
  }

  #readComment(line: string): void {
    const [, keyword, name = '', rest = ''] = COMMENT.exec(line) ?? [];
    if (keyword === 'HELP') {
      if (this.#helped.has(name)) throw this.#error(`a second HELP line for ${name}`);
      this.#helped.add(name);
    } else if (keyword === 'TYPE') {
      const type = TYPES.find((one) => one === rest.trim());
      if (type === undefined) throw this.#error(`unknown type of ${name}`);
      if (this.#types.has(name)) throw this.#error(`a second TYPE line for ${name}`);
      if (this.#sampled.has(name)) throw this.#error(`the TYPE line of ${name} is behind a sample`);
      this.#types.set(name, type);
    }
  }

  #readSample(line: string): void {
    NAME.lastIndex = 0;
    const name = NAME.exec(line)?.[0];
    if (name === undefined) throw this.#error('expected the name of a metric');
    const { labels, end } = this.#readLabels(line, name);
    const [value, timestamp, more] = line
      .slice(end)
      .split(/[ \t]+/)
      .filter((word) => word !== '');
    if (value === undefined) throw this.#error(`${name} has no value`);
    if (timestamp !== undefined) {
      if (more !== undefined || !/^-?\d+$/.test(timestamp)) {
        throw this.#error(`something is behind the value of ${name}`);
      }
      throw this.#error(`${name} has a timestamp, which files must not have`);
    }
    const key = JSON.stringify([name, labels]);
    if (this.#seen.has(key)) throw this.#error(`${name} is there twice with the same labels`);
    this.#seen.add(key);
    const family = this.#familyOf(name);
    this.#sampled.add(family);
    this.#samples.push({
      name,
      labels,
      value: this.#valueOf(value, name),
      type: this.#types.get(family) ?? 'untyped',
    });
  }

  #readLabels(line: string, name: string): { labels: [string, string][]; end: number } {
    const open = /^[ \t]*\{[ \t]*/.exec(line.slice(name.length));
    if (open === null) return { labels: [], end: this.#endOfName(line, name) };
    let at = name.length + open[0].length;
    const labels = new Map<string, string>();
    while (line[at] !== '}') {
      LABEL.lastIndex = at;
      const [whole, label, value] = LABEL.exec(line) ?? [];
      if (whole === undefined || label === undefined || value === undefined) {
        throw this.#error(`a label of ${name} can not be read`);
      }
      if (label === '__name__' || labels.has(label)) {
        throw this.#error(`the label ${label} of ${name} is there twice or reserved`);
      }
      labels.set(label, this.#unescape(value, name));
      at += whole.length;
      if (line[at] === ',') at += 1;
      else if (line[at] !== '}') throw this.#error(`the labels of ${name} do not end`);
      while (line[at] === ' ' || line[at] === '\t') at += 1;
    }
    return { labels: [...labels].sort(([a], [b]) => (a < b ? -1 : 1)), end: at + 1 };
  }

  #endOfName(line: string, name: string): number {
    const next = line[name.length];
    if (next !== undefined && next !== ' ' && next !== '\t') {
      throw this.#error('the name of a metric has a character that it must not have');
    }
    return name.length;
  }

  #unescape(value: string, name: string): string {
    return value.replace(/\\(.)/g, (_, escaped: string) => {
      if (escaped === 'n') return '\n';
      if (escaped === '\\' || escaped === '"') return escaped;
      throw this.#error(`a label of ${name} has an escape other than \\\\, \\" and \\n`);
    });
  }

  #valueOf(text: string, name: string): number | null {
    if (NUMBER.test(text)) {
      const value = Number(text);
      return Number.isFinite(value) ? value : null;
    }
    if (NO_NUMBER.test(text)) return null;
    throw this.#error(`the value of ${name} is no number`);
  }

  #familyOf(name: string): string {
    const family = name.replace(PART, '');
    const type = this.#types.get(family);
    return type === 'histogram' || type === 'summary' ? family : name;
  }

  #error(problem: string): ExpositionError {
    return new ExpositionError(`line ${this.#line}: ${problem}`);
  }
}
