import { type IncidentSummary, isWorse, type Severity } from '@hostdeck/contracts';

/** Something that those in the room should notice. */
export interface IncidentNews {
  readonly incident: IncidentSummary;
  /** How urgent it is; `resolved`: it is well again. */
  readonly tone: Severity | 'resolved';
}

/** Notices what is new from one list of open incidents to the next. */
export class IncidentWatch {
  /** What was open, and those of it that were told of. */
  private open: ReadonlyMap<string, IncidentSummary> | null = null;
  private told = new Set<string>();

  /**
   * Takes the next list. What is open in the first one is no news: whoever turns to the wall sees it.
   *
   * @param incidents `null` while they are not known
   */
  see(incidents: readonly IncidentSummary[] | null): readonly IncidentNews[] {
    if (incidents === null) return [];
    const before = this.open;
    this.open = new Map(incidents.map((incident) => [incident.id, incident]));
    if (before === null) {
      this.told = new Set(incidents.filter(isLoud).map(({ id }) => id));
      return [];
    }
    const news: IncidentNews[] = [];
    for (const incident of incidents) {
      if (!isLoud(incident)) continue;
      const was = before.get(incident.id);
      const isNew = was === undefined || !this.told.has(incident.id);
      if (isNew || isWorse(incident.severity, was.severity)) {
        news.push({ incident, tone: incident.severity });
      }
      this.told.add(incident.id);
    }
    for (const [id, incident] of before) {
      if (this.open.has(id)) continue;
      if (this.told.delete(id)) news.push({ incident, tone: 'resolved' });
    }
    return news;
  }
}

/** Whether somebody is needed: nobody takes care of it, and it is not silenced. */
function isLoud({ acknowledged, isQuiet }: IncidentSummary): boolean {
  return acknowledged === null && !isQuiet;
}
