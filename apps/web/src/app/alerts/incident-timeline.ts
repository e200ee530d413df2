import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { TimelineEntry } from '@hostdeck/contracts';
import { fullTime } from '../charts/time-labels';
import { ALERTS_TEXTS } from './alerts.texts';

const TEXTS = ALERTS_TEXTS.incident;

/** What happened in an incident, in the order it happened. */
@Component({
  selector: 'hd-incident-timeline',
  template: `
    <section class="hd-panel">
      <h3>{{ texts.timeline }}</h3>
      <ol>
        @for (row of rows(); track $index) {
          <li data-testid="timeline-entry" [attr.data-kind]="row.kind">
            <i aria-hidden="true"></i>
            <p class="hd-muted">
              <time>{{ row.time }}</time> · {{ row.word }}
              @if (row.by; as by) {
                · <bdi>{{ by }}</bdi>
              }
            </p>
            <p class="text">
              <bdi>{{ row.text }}</bdi>
            </p>
          </li>
        }
      </ol>
    </section>
  `,
  styleUrl: './incident-timeline.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IncidentTimeline {
  readonly entries = input.required<readonly TimelineEntry[]>();

  protected readonly texts = TEXTS;
  protected readonly rows = computed(() =>
    this.entries().map((entry) => ({
      ...entry,
      time: fullTime(entry.at),
      word: TEXTS.kinds[entry.kind],
    })),
  );
}
