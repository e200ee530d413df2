import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { IncidentSummary } from '@hostdeck/contracts';
import { fullTime } from '../charts/time-labels';
import { HubClock } from '../live/hub-clock';
import { durationWords } from '../units/duration';
import { ALERTS_TEXTS } from './alerts.texts';
import { SeverityMark } from './severity-mark';

const TEXTS = ALERTS_TEXTS.row;

/** Incidents, a line each; the whole line leads to the incident. */
@Component({
  selector: 'hd-incident-list',
  imports: [RouterLink, SeverityMark],
  templateUrl: './incident-list.html',
  styleUrl: './incident-list.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IncidentList {
  private readonly clock = inject(HubClock);

  readonly incidents = input.required<readonly IncidentSummary[]>();

  protected readonly texts = TEXTS;
  protected readonly rows = computed(() =>
    this.incidents().map((incident) => ({
      ...incident,
      where: whereOf(incident),
      rule: incident.rules.join(', '),
      time: fullTime(incident.openedAt),
      lasting:
        incident.resolvedAt === null
          ? TEXTS.since(durationWords(this.clock.since(incident.openedAt)))
          : TEXTS.lasted(durationWords(incident.resolvedAt - incident.openedAt)),
    })),
  );
}

function whereOf({ hosts, hostCount }: IncidentSummary): string {
  return TEXTS.hosts(hosts[0]?.name ?? '', Math.max(0, hostCount - 1));
}
