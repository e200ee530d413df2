import type { IncidentMessage } from '@hostdeck/contracts';

/** A message about an incident; what is not said is as usual. */
export function message(
  key: string,
  { incidentId = key, ...others }: Partial<IncidentMessage> = {},
): IncidentMessage {
  return {
    key,
    incidentId,
    kind: 'problem',
    severity: 'critical',
    title: `Title of ${key}`,
    text: 'cpu.busy is 99 % on web-1',
    hosts: [{ id: 'a'.repeat(32), name: 'web-1' }],
    tags: ['web'],
    rules: ['CPU busy'],
    facts: [{ label: 'cpu.busy', value: '99 %' }],
    startedAt: 1_700_000_000_000,
    sentAt: 1_700_000_000_000,
    resolvedAt: null,
    path: `/alerts/incidents/${incidentId}`,
    ...others,
  };
}
