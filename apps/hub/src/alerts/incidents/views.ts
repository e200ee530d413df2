import {
  SEVERITIES,
  type Alert,
  type AlertCounts,
  type IncidentSummary,
} from '@hostdeck/contracts';
import { firingOf, hostsOf, rulesOf, type Incident, type IncidentAlert } from './incident';

/** Hosts named in a summary. */
const NAMED_HOSTS = 20;

/** An incident as lists show it. */
export function toSummary(incident: Incident, now: number): IncidentSummary {
  const firing = firingOf(incident.alerts);
  const hosts = hostsOf(incident.alerts);
  return {
    id: incident.id,
    title: incident.title,
    scope: incident.scope,
    severity: incident.severity,
    openedAt: incident.openedAt,
    resolvedAt: incident.resolvedAt,
    duration: Math.max(0, (incident.resolvedAt ?? now) - incident.openedAt),
    acknowledged: incident.acknowledged,
    isQuiet: firing.length > 0 && firing.every(({ quiet }) => quiet !== null),
    firing: firing.length,
    alerts: incident.alerts.length,
    hosts: hosts.slice(0, NAMED_HOSTS),
    hostCount: hosts.length,
    rules: rulesOf(incident.alerts),
  };
}

/** An alert as it is shown. */
export function toAlertView(alert: IncidentAlert, incidentId: string): Alert {
  return {
    id: alert.id,
    incidentId,
    ruleId: alert.ruleId,
    ruleName: alert.ruleName,
    host: { id: alert.hostId, name: alert.hostName },
    series: alert.series,
    severity: alert.severity,
    startedAt: alert.startedAt,
    endedAt: alert.endedAt,
    value: alert.value,
    text: alert.text,
    quiet: alert.endedAt === null ? alert.quiet : null,
  };
}

/** How many alerts fire, by severity. */
export function countFiring(incidents: Iterable<Incident>): AlertCounts {
  const counts = { info: 0, warning: 0, critical: 0 };
  for (const { alerts } of incidents) {
    for (const { severity } of firingOf(alerts)) counts[severity] += 1;
  }
  return counts;
}

/** The worst first, of the same severity the newest. */
export function byUrgency(first: Alert, second: Alert): number {
  return (
    SEVERITIES.indexOf(second.severity) - SEVERITIES.indexOf(first.severity) ||
    second.startedAt - first.startedAt ||
    first.id.localeCompare(second.id)
  );
}
