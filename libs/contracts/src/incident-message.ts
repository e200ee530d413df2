/**
 * The seam between incidents and notifications inside the hub: what the alert engine hands over, in the transaction
 * that changes the incident, for every word that is to go out about it. Times are ms since the epoch.
 */

/** Why a message is sent. `resolved` always follows a `problem` that was sent. */
export const INCIDENT_MESSAGE_KINDS = [
  'problem',
  'update',
  'reminder',
  'escalation',
  'resolved',
] as const;
export type IncidentMessageKind = (typeof INCIDENT_MESSAGE_KINDS)[number];

/** Most hosts a message names; the count of the others stands in its text. */
export const MAX_MESSAGE_HOSTS = 50;

/** One message about an incident, as plain text and as facts; how a channel dresses it is the channel's. */
export interface IncidentMessage {
  /** Idempotency key, unique per message: the incident, the kind and the number of the message in the incident. */
  readonly key: string;
  readonly incidentId: string;
  readonly kind: IncidentMessageKind;
  readonly severity: 'critical' | 'warning' | 'info';
  /** One line. */
  readonly title: string;
  /** Plain text, several lines. */
  readonly text: string;
  /** At most {@link MAX_MESSAGE_HOSTS}. */
  readonly hosts: readonly { readonly id: string; readonly name: string }[];
  /** The tags of those hosts, each once. */
  readonly tags: readonly string[];
  /** Names of the rules whose alerts are part of the incident. */
  readonly rules: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly startedAt: number;
  readonly sentAt: number;
  /** `null` while the incident is open. */
  readonly resolvedAt: number | null;
  /** Path of the incident's page, such as `/alerts/incidents/ID`; the notifier puts the public URL before it. */
  readonly path: string;
}
