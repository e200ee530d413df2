import {
  NewAlertRuleSchema,
  type AlertRuleDefinition,
  type NewAlertRule,
} from '@hostdeck/contracts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * The rules a new hub begins with. They hold for every host, also for those that join later, unless an override says otherwise.
 * Thresholds leave room for machines that are busy by design; each has a lower one that clears it, so that a value that swings around
 * it is one alert.
 */
const DEFAULTS: readonly NewAlertRule[] = [
  {
    name: 'Host down',
    severity: 'critical',
    condition: { kind: 'down' },
    clearFor: 10 * SECOND,
    repeatAfter: 4 * HOUR,
  },
  {
    name: 'Host rebooted',
    severity: 'info',
    condition: { kind: 'restarted' },
    clearFor: 10 * MINUTE,
  },
  {
    name: 'Clock off',
    severity: 'warning',
    condition: { kind: 'clock_off', threshold: 10 * SECOND },
    for: MINUTE,
  },
  { name: 'Agent out of date', severity: 'info', condition: { kind: 'agent_outdated' }, for: HOUR },
  {
    name: 'Data lost',
    severity: 'warning',
    condition: { kind: 'lost_data' },
    clearFor: 10 * MINUTE,
  },
  {
    name: 'Identity used twice',
    severity: 'critical',
    condition: { kind: 'identity_cloned' },
    clearFor: 30 * MINUTE,
  },
  {
    name: 'CPU busy',
    severity: 'warning',
    condition: { kind: 'above', metric: 'cpu.busy', threshold: 90, clear: 80 },
    for: 10 * MINUTE,
    clearFor: 2 * MINUTE,
  },
  {
    name: 'Memory nearly full',
    severity: 'warning',
    condition: { kind: 'above', metric: 'memory.used_share', threshold: 92, clear: 88 },
    for: 5 * MINUTE,
    clearFor: 2 * MINUTE,
    escalate: { after: 6 * HOUR, severity: 'critical' },
  },
  {
    name: 'Tasks wait for memory',
    severity: 'warning',
    condition: { kind: 'above', metric: 'pressure.memory.full', threshold: 10, clear: 5 },
    for: 2 * MINUTE,
    clearFor: 2 * MINUTE,
  },
  {
    name: 'Filesystem nearly full',
    severity: 'warning',
    condition: { kind: 'above', metric: 'filesystem.used_share', threshold: 85, clear: 83 },
    for: 2 * MINUTE,
    clearFor: MINUTE,
    repeatAfter: 24 * HOUR,
  },
  {
    name: 'Filesystem full',
    severity: 'critical',
    condition: { kind: 'above', metric: 'filesystem.used_share', threshold: 95, clear: 93 },
    for: MINUTE,
    clearFor: MINUTE,
    repeatAfter: 4 * HOUR,
  },
  {
    name: 'Filesystem full within 24 hours',
    severity: 'warning',
    condition: {
      kind: 'predicted',
      metric: 'filesystem.used_share',
      threshold: 100,
      window: 6 * HOUR,
      within: 24 * HOUR,
    },
    for: 30 * MINUTE,
    clearFor: 30 * MINUTE,
  },
  {
    name: 'Inodes nearly used up',
    severity: 'warning',
    condition: { kind: 'above', metric: 'filesystem.inodes_used', threshold: 90, clear: 88 },
    for: 2 * MINUTE,
    clearFor: MINUTE,
  },
  {
    name: 'Too hot',
    severity: 'warning',
    condition: { kind: 'above', metric: 'sensor.temperature', threshold: 92, clear: 87 },
    for: 2 * MINUTE,
    clearFor: MINUTE,
  },
  {
    name: 'Network errors',
    severity: 'info',
    condition: { kind: 'above', metric: 'network.receive_errors', threshold: 1, clear: 0.1 },
    for: 10 * MINUTE,
    clearFor: 10 * MINUTE,
  },
  {
    name: 'Agent outbox filling up',
    severity: 'warning',
    condition: {
      kind: 'above',
      metric: 'agent.spool',
      threshold: 48 * 2 ** 20,
      clear: 32 * 2 ** 20,
    },
    for: MINUTE,
    clearFor: MINUTE,
  },
];

/** The definitions of {@link DEFAULTS}. */
export function defaultRules(): AlertRuleDefinition[] {
  return DEFAULTS.map((rule) => NewAlertRuleSchema.parse(rule));
}
