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
    detail: detailWords(detail),
    isRefused: action.endsWith('_refused'),
  };
}

/** What an entry says besides: names before ids, which say nothing to people. */
function detailWords(detail: AuditEntryInfo['detail']): string {
  const { id, ...rest } = detail;
  return Object.entries(id === undefined ? rest : { ...rest, id })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .map(toDisplayText)
    .join(' · ');
}
