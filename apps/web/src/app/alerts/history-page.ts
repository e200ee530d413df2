import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router } from '@angular/router';
import type { IncidentSummary, Severity } from '@hostdeck/contracts';
import { reasonOf } from '../api/problem';
import { EmptyState } from '../shell/empty-state';
import { FormError } from '../shell/form-error';
import { AlertsApi } from './alerts-api';
import { ALERTS_TEXTS } from './alerts.texts';
import { IncidentList } from './incident-list';

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** Incidents that are over, the newest first; how severe they were is part of the address. */
@Component({
  selector: 'hd-alert-history-page',
  imports: [EmptyState, FormError, IncidentList, MatButtonModule],
  templateUrl: './history-page.html',
  styleUrl: './history-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HistoryPage {
  private readonly api = inject(AlertsApi);
  private readonly router = inject(Router);

  /** From the address. */
  readonly severity = input<string>();

  protected readonly texts = ALERTS_TEXTS;
  protected readonly severities = SEVERITIES;
  protected readonly chosen = computed(
    () => SEVERITIES.find((severity) => severity === this.severity()) ?? null,
  );
  protected readonly incidents = signal<readonly IncidentSummary[] | null>(null);
  protected readonly next = signal<string | undefined>(undefined);
  protected readonly error = signal('');
  protected readonly busy = signal(false);
  /** Counts the questions: an answer to an earlier one is not for this list. */
  private question = 0;

  constructor() {
    effect(() => {
      this.chosen();
      void this.load();
    });
  }

  protected choose(value: string): void {
    void this.router.navigate([], {
      queryParams: { severity: value === '' ? null : value },
      replaceUrl: true,
    });
  }

  /** The first page anew, or the one after what is shown. */
  protected async load(cursor?: string): Promise<void> {
    const severity = this.chosen();
    this.question += 1;
    const { question } = this;
    if (cursor === undefined) this.incidents.set(null);
    this.error.set('');
    this.busy.set(true);
    try {
      const { items, next } = await this.api.incidents({
        state: 'resolved',
        limit: 50,
        ...(severity === null ? {} : { severity }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (question !== this.question) return;
      this.incidents.update((known) => [...(known ?? []), ...items]);
      this.next.set(next);
    } catch (error) {
      if (question === this.question) this.error.set(ALERTS_TEXTS.failed(reasonOf(error)));
    } finally {
      if (question === this.question) this.busy.set(false);
    }
  }
}
