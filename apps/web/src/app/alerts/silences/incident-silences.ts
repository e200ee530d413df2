import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  model,
  signal,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { Alert, Incident, Silence } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { fullTime } from '../../charts/time-labels';
import { Icon } from '../../icons/icon';
import { Session } from '../../session/session';
import { FormError } from '../../shell/form-error';
import { AlertsApi } from '../alerts-api';
import { silenceable } from './quick-silence-draft';
import { QuickSilenceForm } from './quick-silence-form';
import { QUICK_SILENCE_TEXTS } from './quick-silence.texts';

const TEXTS = QUICK_SILENCE_TEXTS;

/** The silences that hold over an incident, to be ended, and the way to another one. */
@Component({
  selector: 'hd-incident-silences',
  imports: [FormError, Icon, MatButtonModule, QuickSilenceForm],
  template: `
    @for (silence of rows(); track silence.id) {
      <div class="silence" data-testid="silence-in-force" role="status">
        <hd-icon name="bell-off" />
        <p>
          <b>{{ texts.inForce }}</b> {{ silence.until }}: <bdi>{{ silence.reason }}</bdi>
          <span class="hd-muted">
            · <bdi>{{ texts.by(silence.createdBy) }}</bdi>
          </span>
        </p>
        @if (mayAct()) {
          <button
            mat-stroked-button
            type="button"
            data-testid="end-silence"
            [attr.aria-label]="texts.endOf(silence.reason)"
            (click)="end(silence)"
          >
            {{ texts.end }}
          </button>
        }
      </div>
    }
    @if (mayAct() && alerts().length > 0) {
      @if (about(); as alert) {
        <hd-quick-silence-form
          [alerts]="alerts()"
          [about]="alert"
          (added)="take($event)"
          (cancelled)="about.set(null)"
        />
      } @else {
        <button mat-stroked-button type="button" data-testid="silence-this" (click)="open()">
          <hd-icon class="before" name="bell-off" />{{ texts.open }}
        </button>
      }
    }
    <hd-form-error [message]="error()" />
  `,
  styleUrl: './incident-silences.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IncidentSilences {
  private readonly api = inject(AlertsApi);

  readonly incident = input.required<Incident>();
  /** Id of the alert that a silence is being written for. */
  readonly about = model<string | null>(null);

  protected readonly texts = TEXTS;
  protected readonly mayAct = inject(Session).mayChangeHosts;
  protected readonly error = signal('');
  private readonly known = signal<readonly Silence[]>([]);

  protected readonly alerts = computed<readonly Alert[]>(() =>
    silenceable(this.incident().alertList),
  );
  protected readonly rows = computed(() =>
    this.known().map(({ id, reason, createdBy, incident, end }) => ({
      id,
      reason,
      createdBy,
      until:
        incident !== null || end === null ? TEXTS.untilResolved : TEXTS.untilTime(fullTime(end)),
    })),
  );

  constructor() {
    effect(() => {
      // What is silenced has changed whenever the incident has.
      const { id } = this.incident();
      untracked(() => void this.load(id));
    });
  }

  protected open(): void {
    this.about.set(this.alerts()[0]?.id ?? null);
  }

  protected take(silence: Silence): void {
    this.about.set(null);
    this.known.update((known) => [...known.filter(({ id }) => id !== silence.id), silence]);
  }

  protected async end({ id }: Pick<Silence, 'id'>): Promise<void> {
    this.error.set('');
    try {
      await this.api.removeSilence(id);
      this.known.update((known) => known.filter((one) => one.id !== id));
    } catch (error) {
      this.error.set(reasonOf(error));
    }
  }

  private async load(incidentId: string): Promise<void> {
    try {
      const { items } = await this.api.silencesOver(incidentId);
      if (incidentId === this.incident().id) this.known.set(items);
    } catch (error) {
      this.error.set(reasonOf(error));
    }
  }
}
