import { type AuditEntryInfo, toDisplayText } from '@hostdeck/contracts';
import { exactTimeWords } from '../units/time';
import { AUDIT_TEXTS } from './audit.texts';

/** An entry of the audit trail as it is shown. */
export interface AuditRow {
  readonly id: number;
  readonly time: string;
  readonly actor: string;
  readonly address: string;
  readonly action: string;
  readonly detail: string;
  /** The same with the ids, which say little to people. */
  readonly fullDetail: string;
  /** Whether somebody was turned away. */
  readonly isRefused: boolean;
}

export function toAuditRow({ id, at, actor, address, action, detail }: AuditEntryInfo): AuditRow {
  return {
    id,
    time: exactTimeWords(at),
    actor: toDisplayText(actor),
    address: address === null ? AUDIT_TEXTS.noAddress : toDisplayText(address),
    action: AUDIT_TEXTS.actions[action],
    detail: detailWords(withoutId(detail)),
    fullDetail: detailWords(detail),
    isRefused: action.endsWith('_refused'),
  };
}

/** An id is of use where nothing else is said. */
function withoutId({ id, ...rest }: AuditEntryInfo['detail']): AuditEntryInfo['detail'] {
  return Object.keys(rest).length === 0 ? { id } : rest;
}

function detailWords(detail: AuditEntryInfo['detail']): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .map(toDisplayText)
    .join(' · ');
}
