import type { Alert, NewSilence } from '@hostdeck/contracts';
import { QUICK_SILENCE_TEXTS } from './quick-silence.texts';

/** What is silenced: the rule on the host, whatever is wrong with the host, or the rule wherever it fires. */
export const SILENCE_SCOPES = ['both', 'host', 'rule'] as const;
export type SilenceScope = (typeof SILENCE_SCOPES)[number];

/** For how long; `chosen`: until a moment that is written. */
export const SILENCE_LENGTHS = ['hour', 'hours', 'morning', 'resolved', 'chosen'] as const;
export type SilenceLength = (typeof SILENCE_LENGTHS)[number];

const HOUR = 3_600_000;
/** The end of a silence that ends with its incident: it is forgotten by then if that never ends. */
const AT_MOST = 30 * 24 * HOUR;
/** When the working day begins on the viewer's clock, h. */
const MORNING = 8;

/** A silence of something that fires, as it is being written. */
export interface QuickSilence {
  /** Id of one of the alerts. */
  readonly about: string;
  readonly scope: SilenceScope;
  readonly length: SilenceLength;
  /** As a field for a moment has it: `2026-03-01T02:00`. */
  readonly until: string;
  readonly reason: string;
}

/** The silence, or what is wrong with it by the name of the field. */
export type ReadQuickSilence =
  | { readonly silence: NewSilence; readonly errors: null }
  | { readonly silence: null; readonly errors: ReadonlyMap<keyof QuickSilence, string> };

/** One alert of each rule and host that fire: what somebody may silence. */
export function silenceable(alerts: readonly Alert[]): readonly Alert[] {
  const found = new Map<string, Alert>();
  for (const alert of alerts) {
    const key = `${alert.ruleId} ${alert.host.id}`;
    if (alert.endedAt === null && !found.has(key)) found.set(key, alert);
  }
  return [...found.values()];
}

/** Reads what was written. @param now ms since the epoch on the hub's clock */
export function readQuickSilence(
  { scope, length, until, reason }: QuickSilence,
  alert: Alert,
  now: number,
): ReadQuickSilence {
  const errors = new Map<keyof QuickSilence, string>();
  if (reason.trim() === '') errors.set('reason', QUICK_SILENCE_TEXTS.noReason);
  const end = endOf(length, until, now);
  // A field without a moment in it gives none: that is not later either.
  if (!(end > now)) errors.set('until', QUICK_SILENCE_TEXTS.notLater);
  if (errors.size > 0) return { silence: null, errors };
  return {
    silence: {
      reason,
      hostIds: scope === 'rule' ? [] : [alert.host.id],
      rules: scope === 'host' ? [] : [alert.ruleId],
      schedule: { kind: 'once', from: now, until: end },
      incident: length === 'resolved' ? alert.incidentId : null,
    },
    errors: null,
  };
}

function endOf(length: SilenceLength, until: string, now: number): number {
  switch (length) {
    case 'hour':
      return now + HOUR;
    case 'hours':
      return now + 4 * HOUR;
    case 'morning': {
      const morning = new Date(now);
      morning.setDate(morning.getDate() + 1);
      return morning.setHours(MORNING, 0, 0, 0);
    }
    case 'resolved':
      return now + AT_MOST;
    case 'chosen':
      return new Date(until).getTime();
  }
}
