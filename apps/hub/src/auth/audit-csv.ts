import type { AuditEntryInfo } from '@hostdeck/contracts';
import { csvText, LINE_END } from '../export/csv-table';

export const AUDIT_CSV = 'text/csv; charset=utf-8; header=present';

/** Entries read at once. */
const PAGE = 500;

/** Reads a page of entries, the newest first, from the one before `before` on. */
export type ReadEntries = (page: {
  readonly limit: number;
  readonly before?: number;
}) => Promise<readonly AuditEntryInfo[]>;

/** The audit trail as a table (RFC 4180), page by page; what somebody typed is never a formula. */
export async function* auditCsv(read: ReadEntries): AsyncGenerator<string, void> {
  yield `time,actor,address,action,detail${LINE_END}`;
  let before: number | undefined;
  for (;;) {
    const entries = await read({ limit: PAGE, ...(before === undefined ? {} : { before }) });
    if (entries.length > 0) yield entries.map(line).join('');
    before = entries.at(-1)?.id;
    if (entries.length < PAGE) return;
  }
}

function line({ at, actor, address, action, detail }: AuditEntryInfo): string {
  const fields = [new Date(at).toISOString(), actor, address ?? '', action, JSON.stringify(detail)];
  return fields.map(csvText).join(',') + LINE_END;
}
