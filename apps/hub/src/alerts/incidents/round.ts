import type { IncidentMessage, TimelineEntry } from '@hostdeck/contracts';
import { toDraft, type Draft, type Incident, type IncidentAlert } from './incident';
import type { Surroundings } from './surroundings';

/** A line of the timeline of an incident. */
export interface Entry extends TimelineEntry {
  readonly incidentId: string;
}

/** A change of incidents in the making: all of it is stored, or none of it has happened. */
export class Round {
  readonly entries: Entry[] = [];
  readonly messages: IncidentMessage[] = [];
  private readonly drafts = new Map<string, Draft>();
  private readonly changed = new Set<Draft>();

  constructor(
    private readonly incidents: ReadonlyMap<string, Incident>,
    readonly around: Surroundings,
    readonly now: number,
  ) {}

  /** Every incident as it is by now, those just resolved included. */
  *all(): Generator<Draft | Incident> {
    for (const [id, incident] of this.incidents) yield this.drafts.get(id) ?? incident;
    for (const [id, draft] of this.drafts) if (!this.incidents.has(id)) yield draft;
  }

  /** The incident to be changed. */
  edit({ id }: { readonly id: string }): Draft {
    const known = this.drafts.get(id);
    if (known !== undefined) {
      this.changed.add(known);
      return known;
    }
    const incident = this.incidents.get(id);
    if (incident === undefined) throw new Error(`there is no incident ${id}`);
    const draft = toDraft(incident);
    this.drafts.set(id, draft);
    this.changed.add(draft);
    return draft;
  }

  add(draft: Draft): void {
    this.drafts.set(draft.id, draft);
    this.changed.add(draft);
  }

  note(incident: { readonly id: string }, kind: TimelineEntry['kind'], text: string): void {
    this.noteBy(null, { incidentId: incident.id, kind, text });
  }

  /** A line by a person. */
  noteBy(
    by: string | null,
    { incidentId, kind, text }: Pick<Entry, 'incidentId' | 'kind' | 'text'>,
  ): void {
    this.entries.push({ incidentId, at: this.now, kind, text, by });
  }

  /** The incident an alert is in, if it is open or was just resolved. */
  find(alertId: string): { incident: Draft | Incident; alert: IncidentAlert } | null {
    for (const incident of this.all()) {
      const alert = incident.alerts.find(({ id }) => id === alertId);
      if (alert !== undefined) return { incident, alert };
    }
    return null;
  }

  /** The incidents that are to be stored. */
  get outcome(): readonly Draft[] {
    return [...this.changed];
  }

  get isEmpty(): boolean {
    return this.changed.size === 0 && this.entries.length === 0 && this.messages.length === 0;
  }
}
