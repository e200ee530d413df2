import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject } from '@angular/core';
import { LiveConnection } from '../live/live-connection';
import { EmptyState } from '../shell/empty-state';
import { AlertsStore } from './alerts-store';
import { ALERTS_TEXTS } from './alerts.texts';
import { IncidentList } from './incident-list';

/** What is wrong now, live. */
@Component({
  selector: 'hd-open-page',
  imports: [EmptyState, IncidentList],
  template: `
    @if (open(); as incidents) {
      @if (incidents.length === 0) {
        <hd-empty-state
          data-testid="nothing-open"
          [heading]="none().heading"
          [lead]="none().lead"
        />
      } @else {
        <hd-incident-list [incidents]="incidents" />
      }
      <p class="hd-unseen" role="status">{{ texts.badge(incidents.length) }}</p>
    } @else {
      <p class="hd-muted">{{ texts.loading }}</p>
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OpenPage {
  private readonly isFresh = inject(LiveConnection).isFresh;
  private readonly store = inject(AlertsStore);

  protected readonly texts = ALERTS_TEXTS;
  protected readonly open = this.store.open;
  /** That nothing fires can only be said while the hub is there to say so. */
  protected readonly none = computed(() =>
    this.isFresh() ? ALERTS_TEXTS.noneOpen : ALERTS_TEXTS.noneKnown,
  );

  constructor() {
    inject(DestroyRef).onDestroy(this.store.follow());
  }
}
