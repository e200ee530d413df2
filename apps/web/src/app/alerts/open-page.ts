import { ChangeDetectionStrategy, Component, DestroyRef, inject } from '@angular/core';
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
          [heading]="texts.noneOpen.heading"
          [lead]="texts.noneOpen.lead"
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
  private readonly store = inject(AlertsStore);

  protected readonly texts = ALERTS_TEXTS;
  protected readonly open = this.store.open;

  constructor() {
    inject(DestroyRef).onDestroy(this.store.follow());
  }
}
