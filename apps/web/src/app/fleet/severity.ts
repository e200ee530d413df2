import type { HostAlerts, HostCard, HostStatus } from '@hostdeck/contracts';
import type { RollingHistory } from './card-history';

/** What a host is judged by. */
export interface Judged {
  readonly card: HostCard;
  readonly history: RollingHistory;
}

/** How much a host or a value asks for attention. */
export const SEVERITIES = ['ok', 'info', 'stale', 'warn', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Percent from which a value asks for attention by itself, whatever the rules say. */
const LIMITS = {
  cpu: { warn: 90, critical: 101 },
  memory: { warn: 90, critical: 97 },
  disk: { warn: 85, critical: 95 },
} as const;
export type LimitedValue = keyof typeof LIMITS;

/** The CPU may be busy for a moment: it is judged by its mean over this time, ms. */
const CPU_WINDOW = 60_000;

const STATUS_SEVERITY: Readonly<Record<HostStatus, Severity>> = {
  live: 'ok',
  restarting: 'info',
  catching_up: 'info',
  stale: 'stale',
  down: 'critical',
};

const ALERT_SEVERITY: Readonly<Record<HostAlerts['worst'], Severity>> = {
  info: 'info',
  warning: 'warn',
  critical: 'critical',
};

/** Severity of a state by itself. */
export function statusSeverity(status: HostStatus): Severity {
  return STATUS_SEVERITY[status];
}

/** Severity of one value of a host; unknown is nothing to worry about. */
export function valueSeverity(host: Judged, value: LimitedValue): Severity {
  const share = judged(host, value);
  if (share === null) return 'ok';
  const { warn, critical } = LIMITS[value];
  return share >= critical ? 'critical' : share >= warn ? 'warn' : 'ok';
}

/** Severity of a host: the worst of its state, of what fires on it and, where its data is current, of its values. */
export function hostSeverity(host: Judged): Severity {
  const { status, alerts = null } = host.card;
  const told = worst([
    statusSeverity(status),
    alerts === null ? 'ok' : ALERT_SEVERITY[alerts.worst],
  ]);
  if (status !== 'live') return told;
  return worst([
    told,
    valueSeverity(host, 'cpu'),
    valueSeverity(host, 'memory'),
    valueSeverity(host, 'disk'),
  ]);
}

/** Position of a severity from harmless to worst. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

function worst(severities: readonly Severity[]): Severity {
  return severities.reduce((a, b) => (severityRank(b) > severityRank(a) ? b : a));
}

function judged({ card, history }: Judged, value: LimitedValue): number | null {
  if (value === 'memory') return card.values.memory;
  if (value === 'disk') return card.values.disk?.share ?? null;
  const steps = Math.max(1, Math.round(CPU_WINDOW / history.step));
  const recent = history.lines.cpu.slice(-steps).filter((share) => share !== null);
  // Too few steps say nothing of a minute.
  if (recent.length < steps / 2) return null;
  return recent.reduce((sum, share) => sum + share, 0) / recent.length;
}
