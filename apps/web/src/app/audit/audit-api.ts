import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { AuditAction, AuditEntryInfo, List } from '@hostdeck/contracts';
import { firstValueFrom } from 'rxjs';

/** Entries asked for at once. */
const PAGE = 100;

/** Which entries are asked for. */
export interface AuditQuestion {
  /** Part of the name of whom they are of. */
  readonly actor?: string;
  readonly action?: AuditAction;
  /** From this moment on, ms since the epoch on the hub's clock. */
  readonly from?: number;
}

/** The hub's audit trail. */
@Injectable({ providedIn: 'root' })
export class AuditApi {
  private readonly http = inject(HttpClient);

  /** A page of it, the newest first. Rejects with `ApiError`. */
  entries(question: AuditQuestion, cursor?: string): Promise<List<AuditEntryInfo>> {
    const params = { ...question, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
    return firstValueFrom(this.http.get<List<AuditEntryInfo>>('/api/audit', { params }));
  }
}

/** Where all that fits is a file to be saved. */
export function auditExportUrl(question: AuditQuestion): string {
  const words = Object.entries(question).map(([name, value]) => [name, String(value)]);
  const query = new URLSearchParams(words).toString();
  return `/api/audit/export${query === '' ? '' : `?${query}`}`;
}
