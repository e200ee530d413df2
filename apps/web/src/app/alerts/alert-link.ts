import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
} from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { HostdeckTitles } from '../page-titles';
import { AlertsStore } from './alerts-store';
import { ALERTS_TEXTS } from './alerts.texts';

/** The way to the alerts, with how many incidents nobody has taken care of; the tab of the browser says it too. */
@Component({
  selector: 'hd-alert-link',
  imports: [RouterLink, RouterLinkActive],
  template: `
    <a
      routerLink="/alerts"
      routerLinkActive="here"
      data-testid="alerts-link"
      [attr.aria-label]="name()"
    >
      {{ texts.heading }}
      @if (count() > 0) {
        <b data-testid="alerts-badge" [attr.data-severity]="worst()">{{ count() }}</b>
      }
    </a>
    <span class="hd-unseen" aria-live="polite">{{ spoken() }}</span>
  `,
  styles: `
    a {
      display: inline-flex;
      align-items: center;
      gap: 8px;
      min-height: 36px;
      padding: 0 10px;
      border-radius: var(--hd-radius-inner);
      color: var(--hd-muted);
      font-weight: 550;
      text-decoration: none;

      &:hover,
      &.here {
        color: var(--hd-text);
      }
    }
    b {
      min-width: 20px;
      padding: 0 6px;
      border-radius: 999px;
      background: var(--hd-info);
      color: var(--hd-canvas);
      font-size: 12px;
      font-variant-numeric: tabular-nums;
      line-height: 20px;
      text-align: center;
    }
    [data-severity='critical'] {
      background: var(--hd-critical);
    }
    [data-severity='warning'] {
      background: var(--hd-warn);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AlertLink {
  private readonly store = inject(AlertsStore);

  protected readonly texts = ALERTS_TEXTS;
  protected readonly count = computed(() => this.store.unattended().length);
  /** The worst of them: the list has it first. */
  protected readonly worst = computed(() => this.store.unattended()[0]?.severity ?? null);
  protected readonly name = computed(() =>
    this.count() === 0
      ? ALERTS_TEXTS.heading
      : `${ALERTS_TEXTS.heading}, ${ALERTS_TEXTS.badge(this.count())}`,
  );
  /** Read out when the worst that is open changes to something critical. */
  protected readonly spoken = computed(() => {
    const first = this.store.unattended()[0];
    return first?.severity === 'critical' ? first.title : '';
  });

  constructor() {
    const titles = inject(HostdeckTitles);
    const unfollow = this.store.follow();
    effect(() => titles.badge(this.count()));
    inject(DestroyRef).onDestroy(() => {
      unfollow();
      titles.badge(0);
    });
  }
}
