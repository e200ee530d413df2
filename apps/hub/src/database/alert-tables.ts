/** The tables of alert rules, their state, incidents and silences. Times are ms since the epoch. */
import type { ConditionKind, IncidentSummary, Severity, TimelineEntry } from '@hostdeck/contracts';
import type { Generated } from 'kysely';

export interface AlertRulesTable {
  id: string;
  /** JSON object. */
  definition: string;
  /** 0 or 1. */
  is_default: number;
  created_at: number;
  updated_at: number;
}

export interface AlertOverridesTable {
  rule: string;
  scope: 'host' | 'tag';
  /** Id of the host, or the tag. */
  target: string;
  /** JSON object. */
  definition: string;
}

/** What is pending or fires; everything else is well and has no row. */
export interface AlertStatesTable {
  rule: string;
  /** Id. */
  host: string;
  series: string;
  phase: 'pending' | 'firing';
  since: number;
  clear_since: number | null;
  value: number | null;
  /** Id of the alert in its incident; `null` while it is pending. */
  alert: string | null;
}

export interface IncidentsTable {
  id: string;
  title: string;
  severity: Severity;
  scope: IncidentSummary['scope'];
  group_key: string;
  opened_at: number;
  resolved_at: number | null;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
  /** JSON object: what has been sent. */
  progress: string;
  /** JSON array. */
  culprits: string;
}

export interface IncidentAlertsTable {
  id: string;
  incident: string;
  rule: string;
  rule_name: string;
  host: string;
  host_name: string;
  series: string;
  kind: ConditionKind;
  severity: Severity;
  started_at: number;
  ended_at: number | null;
  value: number | null;
  text: string;
  /** JSON object: reminders and escalation. */
  plan: string;
}

export interface IncidentEntriesTable {
  id: Generated<number>;
  incident: string;
  at: number;
  kind: TimelineEntry['kind'];
  text: string;
  person: string | null;
}

export interface SilencesTable {
  id: string;
  /** JSON object. */
  definition: string;
  created_by: string;
  created_at: number;
}

export interface AlertSettingsTable {
  /** Always 1. */
  id: number;
  group_prefix: string;
  group_wait: number;
}

export interface AlertTables {
  alert_rules: AlertRulesTable;
  alert_overrides: AlertOverridesTable;
  alert_states: AlertStatesTable;
  incidents: IncidentsTable;
  incident_alerts: IncidentAlertsTable;
  incident_entries: IncidentEntriesTable;
  silences: SilencesTable;
  alert_settings: AlertSettingsTable;
}
