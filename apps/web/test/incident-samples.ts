import type { Incident, IncidentSummary } from '@hostdeck/contracts';

/** An open incident as the live feed has it. */
export function incidentSummary(differences: Partial<IncidentSummary> = {}): IncidentSummary {
  return {
    id: 'a'.repeat(32),
    title: 'CPU busy is 99 % on web-1',
    scope: 'host',
    severity: 'warning',
    openedAt: 1_700_000_000_000,
    resolvedAt: null,
    duration: 60_000,
    acknowledged: null,
    isQuiet: false,
    firing: 1,
    alerts: 1,
    hosts: [{ id: 'b'.repeat(32), name: 'web-1' }],
    hostCount: 1,
    rules: ['CPU busy'],
    ...differences,
  };
}

/** The same with its alert, timeline and culprit. */
export function incident(differences: Partial<Incident> = {}): Incident {
  const summary = incidentSummary();
  return {
    ...summary,
    alertList: [
      {
        id: 'c'.repeat(32),
        incidentId: summary.id,
        ruleId: 'd'.repeat(32),
        ruleName: 'CPU busy',
        host: { id: 'b'.repeat(32), name: 'web-1' },
        series: 'cpu.busy',
        severity: 'warning',
        startedAt: summary.openedAt,
        endedAt: null,
        value: 99,
        text: 'CPU busy is 99 %, above 90 %',
        quiet: null,
      },
    ],
    timeline: [{ at: summary.openedAt, kind: 'opened', text: summary.title, by: null }],
    culprits: [
      {
        hostId: 'b'.repeat(32),
        pid: 4711,
        name: 'burn',
        user: 'ada',
        cpu: 98.5,
        memory: 1_048_576,
      },
    ],
    ...differences,
  };
}
