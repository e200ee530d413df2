import type { SelectableHost } from '../rules/effective-rule';
import type { IncidentAlert } from './incident';

/** What incidents ask of the rest of the hub: who is there, and what is not to be said. */
export interface Surroundings {
  /** Hosts with that tag begin together; a host is in the group of the first. */
  readonly groupPrefix: string;
  readonly groupWait: number;
  /** `null` for a host that was removed. */
  host(id: string): SelectableHost | null;
  hosts(): Iterable<SelectableHost>;
  /** The reason of a silence that holds for the alert; `null` when none does. */
  silenceOf(alert: IncidentAlert): string | null;
}

/** The tag that groups a host with others; `null` when it has none. */
export function groupTagOf(host: SelectableHost | null, prefix: string): string | null {
  return host?.tags.find((tag) => tag.startsWith(prefix)) ?? null;
}

/** A grouping tag for people: with the prefix `site:`, `site:a` is "site a". */
export function groupWords(tag: string, prefix: string): string {
  const kind = prefix.replace(/[:/._-]+$/, '');
  return kind === prefix ? tag : `${kind} ${tag.slice(prefix.length)}`;
}
