import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { AlertRule } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { Icon } from '../../icons/icon';
import { Session } from '../../session/session';
import { EmptyState } from '../../shell/empty-state';
import { FormError } from '../../shell/form-error';
import { AlertsApi } from '../alerts-api';
import { ALERTS_TEXTS } from '../alerts.texts';
import { SeverityMark } from '../severity-mark';
import { conditionWords, hostsWords } from './condition-words';
import { RULES_TEXTS } from './rules.texts';

/** All rules; each can be switched on and off where it stands. */
@Component({
  selector: 'hd-rules-page',
  imports: [EmptyState, FormError, Icon, MatButtonModule, RouterLink, SeverityMark],
  templateUrl: './rules-page.html',
  styleUrl: './rules-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RulesPage {
  private readonly api = inject(AlertsApi);

  protected readonly texts = RULES_TEXTS;
  protected readonly shared = ALERTS_TEXTS;
  protected readonly mayChange = computed(() => this.me()?.role === 'admin');
  protected readonly error = signal('');
  private readonly me = inject(Session).me;
  private readonly known = signal<readonly AlertRule[] | null>(null);

  protected readonly rows = computed(
    () =>
      this.known()?.map((rule) => ({
        ...rule,
        when: conditionWords(rule.condition),
        where: hostsWords(rule.hosts),
      })) ?? null,
  );

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    this.error.set('');
    try {
      this.known.set((await this.api.rules()).items);
    } catch (error) {
      this.error.set(ALERTS_TEXTS.failed(reasonOf(error)));
    }
  }

  /** Switches a rule; the box goes back when the hub did not take it. */
  protected async turn(rule: AlertRule, box: HTMLInputElement): Promise<void> {
    const enabled = box.checked;
    this.error.set('');
    try {
      const changed = await this.api.changeRule(rule.id, { enabled });
      this.known.update((rules) =>
        (rules ?? []).map((one) => (one.id === changed.id ? changed : one)),
      );
    } catch (error) {
      box.checked = !enabled;
      this.error.set(reasonOf(error));
    }
  }
}
