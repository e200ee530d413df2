import {
  toDisplayText,
  type AuditAction,
  type AuditEntryInfo,
  type AuditFilter,
} from '@hostdeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Database } from '../database/database';

/** One thing somebody did or tried. */
export interface AuditEntry {
  readonly at: number;
  readonly actor: string;
  readonly address: string | null;
  readonly action: AuditAction;
  readonly detail?: Readonly<Record<string, string | number | null>>;
}

/** Which entries, and from where on. */
interface AuditPage extends AuditFilter {
  readonly limit: number;
  /** Only entries with a smaller id; without: from the newest on. */
  readonly before?: number;
}

@Injectable()
export class AuditRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async record({ detail, ...entry }: AuditEntry): Promise<void> {
    await this.database.write
      .insertInto('audit')
      .values({ ...entry, detail: JSON.stringify(detail ?? {}) })
      .execute();
  }

  /** The newest first. */
  async list({ actor, action, from, to, limit, before }: AuditPage): Promise<AuditEntryInfo[]> {
    let query = this.database.read.selectFrom('audit').selectAll();
    if (actor !== undefined) {
      query = query.where(sql<boolean>`instr(lower(actor), lower(${actor})) > 0`);
    }
    if (action !== undefined) query = query.where('action', '=', action);
    if (from !== undefined) query = query.where('at', '>=', from);
    if (to !== undefined) query = query.where('at', '<', to);
    if (before !== undefined) query = query.where('id', '<', before);
    const rows = await query.orderBy('id', 'desc').limit(limit).execute();
    return rows.map(({ actor: who, detail, action: done, ...row }) => ({
      ...row,
      // What somebody typed who is not signed in, and names that hosts gave themselves.
      actor: toDisplayText(who),
      // Written by this repository alone, so that both are what we put there.
      action: done as AuditAction,
      detail: JSON.parse(toDisplayText(detail)) as AuditEntryInfo['detail'],
    }));
  }
}
