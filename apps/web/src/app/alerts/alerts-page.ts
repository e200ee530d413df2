import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Session } from '../session/session';
import { ALERT_SECTIONS } from './alert-sections';
import { ALERTS_TEXTS } from './alerts.texts';

/** What the parts of the alerts page have in common: the heading and the way from one to the other. */
@Component({
  selector: 'hd-alerts-page',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <div class="page">
      <h1>{{ texts.heading }}</h1>
      <nav [attr.aria-label]="texts.sections">
        @for (section of sections(); track section.path) {
          <a
            [routerLink]="section.path"
            routerLinkActive="here"
            ariaCurrentWhenActive="page"
            [attr.data-testid]="'alerts-' + section.path"
            >{{ section.label }}</a
          >
        }
      </nav>
      <router-outlet />
    </div>
  `,
  styleUrl: './alerts-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AlertsPage {
  private readonly session = inject(Session);

  protected readonly texts = ALERTS_TEXTS;
  protected readonly sections = computed(() => {
    const role = this.session.me()?.role;
    return ALERT_SECTIONS.filter(({ adminOnly }) => !adminOnly || role === 'admin');
  });
}
