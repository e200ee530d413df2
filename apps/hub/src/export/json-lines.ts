import type { ExportLine } from '@hostdeck/contracts';
import type { ExportLines, LineOptions, NamedHost } from './export-lines';
import type { Row } from './rows';

/** One JSON object a line, each ended by a line feed (ndjson). */
export class JsonLines implements ExportLines {
  readonly mediaType = 'application/x-ndjson';
  readonly header = '';

  constructor(private readonly options: LineOptions) {}

  keys(there: Iterable<string>): readonly string[] {
    return [...there].sort();
  }

  line({ id, name }: NamedHost, { at, cells }: Row, keys: readonly string[]): string {
    const values: Record<string, number | null> = {};
    keys.forEach((key, index) => {
      const value = cells[index];
      if (value !== undefined) values[key] = value;
    });
    const line: ExportLine = {
      time: this.options.times === 'iso' ? new Date(at).toISOString() : at,
      ...(this.options.ofFleet ? { host: id, name } : {}),
      values,
    };
    return `${JSON.stringify(line)}\n`;
  }
}
