import { computed, inject, Injectable, signal } from '@angular/core';
import type { AlertCounts, IncidentSummary, Severity } from '@hostdeck/contracts';
import { LiveConnection } from '../live/live-connection';

/** How urgent a severity is. */
const URGENCY: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };
const NONE: AlertCounts = { info: 0, warning: 0, critical: 0 };

/** What fires now, live, for as long as somebody follows it. */
@Injectable({ providedIn: 'root' })
export class AlertsStore {
  private readonly connection = inject(LiveConnection);

  private readonly known = signal<ReadonlyMap<string, IncidentSummary> | null>(null);
  private readonly firing = signal<AlertCounts>(NONE);
  private followers = 0;
  private unwatch: (() => void) | null = null;

  /** Alerts that fire, by severity. */
  readonly counts = this.firing.asReadonly();
  /** Incidents that are open, the worst first, then the newest; `null` before the first answer. */
  readonly open = computed(() => {
    const known = this.known();
    if (known === null) return null;
    return [...known.values()].sort(byUrgency);
  });
  /** Those of them that nobody has acknowledged and that are not silenced. */
  readonly unattended = computed(() =>
    (this.open() ?? []).filter(({ acknowledged, isQuiet }) => acknowledged === null && !isQuiet),
  );

  /** Follows what fires until the returned function is called. */
  follow(): () => void {
    this.followers += 1;
    this.unwatch ??= this.connection.watchAlerts({
      snapshot: ({ counts, incidents }) => {
        this.firing.set(counts);
        this.known.set(new Map(incidents.map((incident) => [incident.id, incident])));
      },
      update: ({ counts, incidents }) => {
        this.firing.set(counts);
        const known = new Map(this.known());
        for (const incident of incidents) {
          if (incident.resolvedAt === null) known.set(incident.id, incident);
          else known.delete(incident.id);
        }
        this.known.set(known);
      },
    });
    let follows = true;
    return () => {
      if (!follows) return;
      follows = false;
      this.followers -= 1;
      if (this.followers > 0) return;
      this.unwatch?.();
      this.unwatch = null;
      this.known.set(null);
      this.firing.set(NONE);
    };
  }
}

function byUrgency(first: IncidentSummary, second: IncidentSummary): number {
  return URGENCY[second.severity] - URGENCY[first.severity] || second.openedAt - first.openedAt;
}
