import { METRICS, parseSeriesKey } from '@hostdeck/contracts';
import type { ExportLines, LineOptions, NamedHost } from './export-lines';
import type { Row } from './rows';

export const LINE_END = '\r\n';

/** First characters that make a spreadsheet take text for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;
/** What must be quoted: RFC 4180, section 2; and semicolons, at which some spreadsheets split as well. */
const SPECIAL = /[",;\r\n\t]|^\s|\s$/;

/** Text as a field: never a formula, quoted where it must be. Numbers do not come here. */
export function csvText(text: string): string {
  const inert = FORMULA.test(text) ? `'${text}` : text;
  return SPECIAL.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** `metric{instance} (unit)`; a series that this version does not know has no unit. */
function heading(key: string): string {
  const series = parseSeriesKey(key);
  return csvText(series === null ? key : `${key} (${METRICS[series.metric].unit})`);
}

/** One table (RFC 4180): `time`, in an export of the fleet `host` and `name`, then a column for each series; an empty field is unknown. */
export class CsvTable implements ExportLines {
  readonly mediaType = 'text/csv; charset=utf-8; header=present';
  readonly header: string;

  /** @param columns keys of all the series that will come, in the order of the columns */
  constructor(
    private readonly columns: readonly string[],
    private readonly options: LineOptions,
  ) {
    const first = options.ofFleet ? ['time', 'host', 'name'] : ['time'];
    this.header = [...first, ...columns.map(heading)].join(',') + LINE_END;
  }

  keys(): readonly string[] {
    return this.columns;
  }

  line({ id, name }: NamedHost, { at, cells }: Row): string {
    let line = this.options.times === 'iso' ? new Date(at).toISOString() : String(at);
    if (this.options.ofFleet) line += `,${id},${csvText(name)}`;
    for (const cell of cells) line += `,${cell ?? ''}`;
    return line + LINE_END;
  }
}
