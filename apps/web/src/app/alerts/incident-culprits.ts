import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { IncidentCulprit, IncidentSummary } from '@hostdeck/contracts';
import { formatValue } from '../units/quantity';
import { ALERTS_TEXTS } from './alerts.texts';

const TEXTS = ALERTS_TEXTS.incident;

/** The processes that used most when the incident began. */
@Component({
  selector: 'hd-incident-culprits',
  template: `
    <!-- Wider than a phone it scrolls, also by key. -->
    <section class="hd-panel" tabindex="0" [attr.aria-label]="texts.culprits">
      <h3>{{ texts.culprits }}</h3>
      <p class="hd-muted">{{ texts.culpritsLead }}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{{ texts.culpritColumns.process }}</th>
            <th scope="col">{{ texts.culpritColumns.user }}</th>
            <th scope="col" class="number">{{ texts.culpritColumns.cpu }}</th>
            <th scope="col" class="number">{{ texts.culpritColumns.memory }}</th>
            @if (isOfSeveral()) {
              <th scope="col">{{ texts.culpritColumns.host }}</th>
            }
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.key) {
            <tr data-testid="incident-culprit">
              <td class="words">
                <bdi>{{ row.name }}</bdi> <span class="hd-muted">{{ row.pid }}</span>
              </td>
              <td class="words">
                <bdi>{{ row.user ?? '–' }}</bdi>
              </td>
              <td class="number">{{ row.cpuText }}</td>
              <td class="number">{{ row.memoryText }}</td>
              @if (isOfSeveral()) {
                <td>
                  <bdi>{{ row.host }}</bdi>
                </td>
              }
            </tr>
          }
        </tbody>
      </table>
    </section>
  `,
  styleUrl: './incident-panel.scss',
  styles: `
    /* Names are as long as whoever runs the process wants: the figures beside them are to be seen all the same. */
    td.words:nth-child(n) {
      white-space: normal;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IncidentCulprits {
  readonly culprits = input.required<readonly IncidentCulprit[]>();
  readonly hosts = input.required<IncidentSummary['hosts']>();

  protected readonly texts = TEXTS;
  protected readonly isOfSeveral = computed(
    () => new Set(this.culprits().map(({ hostId }) => hostId)).size > 1,
  );
  protected readonly rows = computed(() => {
    const names = new Map(this.hosts().map(({ id, name }) => [id, name]));
    return this.culprits().map((culprit) => ({
      ...culprit,
      key: `${culprit.hostId} ${culprit.pid}`,
      cpuText: formatValue('percent', culprit.cpu),
      memoryText: formatValue('bytes', culprit.memory),
      host: names.get(culprit.hostId) ?? '–',
    }));
  });
}
