import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { Incident } from '@hostdeck/contracts';
import { ApiError, reasonOf } from '../api/problem';
import { fullTime } from '../charts/time-labels';
import { Icon } from '../icons/icon';
import { HubClock } from '../live/hub-clock';
import { HostdeckTitles } from '../page-titles';
import { Session } from '../session/session';
import { EmptyState } from '../shell/empty-state';
import { FormError } from '../shell/form-error';
import { durationWords } from '../units/duration';
import { AlertsApi } from './alerts-api';
import { AlertsStore } from './alerts-store';
import { ALERTS_TEXTS } from './alerts.texts';
import { IncidentAlerts } from './incident-alerts';
import { IncidentCulprits } from './incident-culprits';
import { IncidentTimeline } from './incident-timeline';
import { NoteForm } from './note-form';
import { SeverityMark } from './severity-mark';
import { IncidentSilences } from './silences/incident-silences';

const TEXTS = ALERTS_TEXTS.incident;
const NOT_FOUND = 404;

/** One incident: what happened in which order, who did it, and what is being done. */
@Component({
  selector: 'hd-incident-page',
  imports: [
    EmptyState,
    FormError,
    Icon,
    IncidentAlerts,
    IncidentCulprits,
    IncidentSilences,
    IncidentTimeline,
    MatButtonModule,
    NoteForm,
    RouterLink,
    SeverityMark,
  ],
  templateUrl: './incident-page.html',
  styleUrl: './incident-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class IncidentPage {
  private readonly api = inject(AlertsApi);
  private readonly store = inject(AlertsStore);
  private readonly clock = inject(HubClock);
  private readonly titles = inject(HostdeckTitles);

  /** From the address. */
  readonly id = input.required<string>();

  protected readonly texts = TEXTS;
  protected readonly shared = ALERTS_TEXTS;
  protected readonly mayAct = inject(Session).mayChangeHosts;
  protected readonly incident = signal<Incident | null>(null);
  protected readonly missing = signal(false);
  protected readonly error = signal('');
  protected readonly busy = signal(false);
  /** Id of the alert that a silence is being written for. */
  protected readonly silencing = signal<string | null>(null);

  protected readonly lasting = computed(() => {
    const incident = this.incident();
    if (incident === null) return '';
    const { openedAt, resolvedAt } = incident;
    return durationWords(resolvedAt === null ? this.clock.since(openedAt) : resolvedAt - openedAt);
  });
  protected readonly opened = computed(() => timeOf(this.incident()?.openedAt ?? null));
  protected readonly resolved = computed(() => timeOf(this.incident()?.resolvedAt ?? null));
  protected readonly acknowledged = computed(() => {
    const by = this.incident()?.acknowledged ?? null;
    return by === null ? null : TEXTS.acknowledgedBy(by.by, fullTime(by.at));
  });
  /** What the live feed says of it; another value means that something has changed. */
  private readonly live = computed(() => {
    const summary = this.store.open()?.find(({ id }) => id === this.id());
    return summary === undefined ? null : JSON.stringify({ ...summary, duration: 0 });
  });

  constructor() {
    inject(DestroyRef).onDestroy(this.store.follow());
    effect(() => {
      this.id();
      this.live();
      // The list of what is open is there after every interruption too: the page is right again by itself.
      this.store.open();
      untracked(() => void this.load());
    });
    effect(() => {
      const title = this.incident()?.title;
      if (title !== undefined) this.titles.show(title);
    });
  }

  protected acknowledge(acknowledged: boolean): Promise<void> {
    return this.change(() => this.api.acknowledge(this.id(), acknowledged));
  }

  protected take(incident: Incident): void {
    this.incident.set(incident);
  }

  protected async load(): Promise<void> {
    const id = this.id();
    if (this.incident()?.id !== id) this.incident.set(null);
    await this.change(() => this.api.incident(id));
  }

  private async change(ask: () => Promise<Incident>): Promise<void> {
    const id = this.id();
    this.busy.set(true);
    this.error.set('');
    try {
      const incident = await ask();
      if (id !== this.id()) return;
      this.missing.set(false);
      this.incident.set(incident);
    } catch (error) {
      if (id !== this.id()) return;
      this.missing.set(error instanceof ApiError && error.status === NOT_FOUND);
      this.error.set(ALERTS_TEXTS.failed(reasonOf(error)));
    } finally {
      this.busy.set(false);
    }
  }
}

function timeOf(time: number | null): string {
  return time === null ? TEXTS.stillOpen : fullTime(time);
}
