import {
  MAX_MESSAGE_HOSTS,
  toDisplayText,
  type IncidentMessage,
  type IncidentMessageKind,
} from '@hostdeck/contracts';
import { durationWords, quantityWords, timeWords } from '../words/quantity';
import { firingOf, hostsOf, rulesOf, worstOf, type Draft, type IncidentAlert } from './incident';
import type { Surroundings } from './surroundings';

/** Alerts and culprits named in the text of a message. */
const NAMED_ALERTS = 10;
const NAMED_CULPRITS = 3;

/** When and among whom something is said. */
interface Saying {
  readonly kind: IncidentMessageKind;
  readonly around: Surroundings;
  readonly now: number;
}

/** The message about an incident as it is now; of a resolved one, about all it was. */
export function toMessage(draft: Draft, { kind, around, now }: Saying): IncidentMessage {
  const isOver = kind === 'resolved';
  const shown = isOver
    ? draft.alerts
    : firingOf(draft.alerts).filter(({ quiet }) => quiet === null);
  const hosts = hostsOf(shown).map(({ id, name }) => ({ id, name: toDisplayText(name) }));
  const tags = new Set(hosts.flatMap(({ id }) => [...(around.host(id)?.tags ?? [])]));
  return {
    key: `${draft.id}:${kind}:${draft.progress.messages}`,
    incidentId: draft.id,
    kind,
    severity: isOver ? draft.severity : worstOf(shown),
    title: titleWords(draft, kind),
    text: linesOf(draft, shown, { kind, around, now }).join('\n'),
    hosts: hosts.slice(0, MAX_MESSAGE_HOSTS),
    tags: [...tags],
    rules: rulesOf(shown),
    facts: factsOf(draft, shown, now),
    startedAt: draft.openedAt,
    sentAt: now,
    resolvedAt: draft.resolvedAt,
    path: `/alerts/incidents/${draft.id}`,
  };
}

function titleWords({ title, progress }: Draft, kind: IncidentMessageKind): string {
  switch (kind) {
    case 'problem':
      return progress.reopened > 0 ? `${title} (again)` : title;
    case 'update':
      return `${title} (update)`;
    case 'reminder':
      return `${title} (still)`;
    case 'escalation':
      return `${title} (worse)`;
    case 'resolved':
      return `Resolved: ${title}`;
  }
}

function linesOf(draft: Draft, shown: readonly IncidentAlert[], { kind, now }: Saying): string[] {
  const lines = shown.slice(0, NAMED_ALERTS).map((alert) => alertLine(alert));
  const rest = shown.length - lines.length;
  if (rest > 0) lines.push(`and ${rest} more`);
  if (draft.progress.reopened > 0 && kind === 'problem') {
    lines.push('It came back soon after it was resolved: it stays open until it has been quiet.');
  }
  lines.push(
    kind === 'resolved'
      ? `Lasted ${durationWords(now - draft.openedAt)}, from ${timeWords(draft.openedAt)}.`
      : `Since ${timeWords(draft.openedAt)}.`,
  );
  return lines;
}

function alertLine({ hostName, text, endedAt, startedAt }: IncidentAlert): string {
  const line = `${toDisplayText(hostName)}: ${text}`;
  return endedAt === null ? line : `${line}, for ${durationWords(endedAt - startedAt)}`;
}

function factsOf(
  draft: Draft,
  shown: readonly IncidentAlert[],
  now: number,
): IncidentMessage['facts'] {
  const hosts = hostsOf(shown);
  const thresholds = [
    ...new Set(shown.map(({ plan }) => plan.threshold).filter((one) => one !== '')),
  ];
  const culprits = draft.culprits
    .slice(0, NAMED_CULPRITS)
    .map(({ name, cpu, memory }) =>
      [
        toDisplayText(name),
        ...(cpu === null ? [] : [quantityWords('percent', cpu)]),
        ...(memory === null ? [] : [quantityWords('bytes', memory)]),
      ].join(' '),
    );
  const fact = (label: string, value: string) => (value === '' ? [] : [{ label, value }]);
  return [
    ...fact('Severity', draft.severity),
    ...fact(
      hosts.length === 1 ? 'Host' : 'Hosts',
      hosts.length === 1 ? toDisplayText(hosts[0]?.name ?? '') : String(hosts.length),
    ),
    ...fact('Rule', rulesOf(shown).join(', ')),
    ...fact('Threshold', thresholds.join(', ')),
    ...fact('Top processes', culprits.join(', ')),
    ...fact('Started', timeWords(draft.openedAt)),
    ...fact('Duration', durationWords((draft.resolvedAt ?? now) - draft.openedAt)),
    ...fact('Acknowledged by', draft.acknowledged?.by ?? ''),
  ];
}
