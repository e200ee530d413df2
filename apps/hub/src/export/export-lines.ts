import type { ExportTimes } from '@hostdeck/contracts';
import type { Row } from './rows';

/** The host a line is of. */
export interface NamedHost {
  readonly id: string;
  readonly name: string;
}

/** What is said of a whole export. */
export interface LineOptions {
  readonly times: ExportTimes;
  /** Whether every line names its host. */
  readonly ofFleet: boolean;
}

/** How rows are written as lines of text. */
export interface ExportLines {
  readonly mediaType: string;
  /** What comes before the first row. */
  readonly header: string;
  /** The series whose cells a row has, in order, given those that there are. */
  keys(there: Iterable<string>): readonly string[];
  /** One row, whose cells are those of `keys`. */
  line(host: NamedHost, row: Row, keys: readonly string[]): string;
}
