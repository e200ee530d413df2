import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Alert } from '@hostdeck/contracts';
import { fullTime } from '../charts/time-labels';
import { Icon } from '../icons/icon';
import { HubClock } from '../live/hub-clock';
import { durationWords } from '../units/duration';
import { ALERTS_TEXTS } from './alerts.texts';
import { QUICK_SILENCE_TEXTS } from './silences/quick-silence.texts';

const TEXTS = ALERTS_TEXTS.incident;

/** The alerts that make up an incident. */
@Component({
  selector: 'hd-incident-alerts',
  imports: [Icon, RouterLink],
  template: `
    <section class="hd-panel">
      <h3>{{ texts.alerts }}</h3>
      <table class="alerts">
        <thead>
          <tr>
            <th scope="col">{{ texts.alertColumns.state }}</th>
            <th scope="col">{{ texts.alertColumns.what }}</th>
            <th scope="col">{{ texts.alertColumns.host }}</th>
            <th scope="col">{{ texts.alertColumns.since }}</th>
            <th scope="col">{{ texts.alertColumns.lasted }}</th>
            @if (maySilence()) {
              <th scope="col">
                <span class="hd-unseen">{{ silences.open }}</span>
              </th>
            }
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.id) {
            <tr data-testid="incident-alert" [class.over]="row.endedAt !== null">
              <td>{{ row.endedAt === null ? texts.fires : texts.over }}</td>
              <td>
                <bdi>{{ row.text }}</bdi>
                @if (row.quiet; as quiet) {
                  <span class="hd-muted"> · {{ texts.quiet[quiet] }}</span>
                }
              </td>
              <td>
                <a [routerLink]="['/hosts', row.host.id]"
                  ><bdi>{{ row.host.name }}</bdi></a
                >
              </td>
              <td>{{ row.since }}</td>
              <td>{{ row.lasted }}</td>
              @if (maySilence()) {
                <td class="act">
                  @if (row.endedAt === null) {
                    <button
                      class="hd-icon-button"
                      type="button"
                      data-testid="silence-alert"
                      [attr.aria-label]="silences.openOf(row.text)"
                      [attr.title]="silences.open"
                      (click)="silence.emit(row)"
                    >
                      <hd-icon name="bell-off" />
                    </button>
                  }
                </td>
              }
            </tr>
          }
        </tbody>
      </table>
    </section>
  `,
  styleUrl: './incident-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IncidentAlerts {
  private readonly clock = inject(HubClock);

  readonly alerts = input.required<readonly Alert[]>();

  readonly maySilence = input.required<boolean>();
  /** One that fires is to be silenced. */
  readonly silence = output<Alert>();

  protected readonly texts = TEXTS;
  protected readonly silences = QUICK_SILENCE_TEXTS;
  protected readonly rows = computed(() =>
    this.alerts().map((alert) => ({
      ...alert,
      since: fullTime(alert.startedAt),
      lasted: durationWords(
        alert.endedAt === null
          ? this.clock.since(alert.startedAt)
          : alert.endedAt - alert.startedAt,
      ),
    })),
  );
}
