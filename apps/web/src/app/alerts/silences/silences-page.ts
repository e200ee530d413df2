import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { AlertRule, Silence } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { fullTime } from '../../charts/time-labels';
import { Icon } from '../../icons/icon';
import { Session } from '../../session/session';
import { EmptyState } from '../../shell/empty-state';
import { FormError } from '../../shell/form-error';
import { durationWords } from '../../units/duration';
import { AlertsApi } from '../alerts-api';
import { ALERTS_TEXTS } from '../alerts.texts';
import { hostsWords } from '../rules/condition-words';
import { RULES_TEXTS } from '../rules/rules.texts';
import { QUICK_SILENCE_TEXTS } from './quick-silence.texts';
import { SilenceForm } from './silence-form';
import { SILENCES_TEXTS } from './silences.texts';

/** Silences and maintenance windows: those that hold, those that will, and a form for another. */
@Component({
  selector: 'hd-silences-page',
  imports: [EmptyState, FormError, Icon, MatButtonModule, SilenceForm],
  templateUrl: './silences-page.html',
  styleUrl: './silences-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SilencesPage {
  private readonly api = inject(AlertsApi);

  protected readonly texts = SILENCES_TEXTS;
  protected readonly shared = ALERTS_TEXTS;
  protected readonly mayChange = inject(Session).mayChangeHosts;
  protected readonly error = signal('');
  protected readonly writing = signal(false);
  protected readonly rules = signal<readonly AlertRule[]>([]);
  private readonly known = signal<readonly Silence[] | null>(null);

  protected readonly rows = computed(() => {
    const names = new Map(this.rules().map(({ id, name }) => [id, name]));
    return (
      this.known()?.map((silence) => ({
        ...silence,
        state: stateOf(silence),
        what: whatOf(silence, names),
        when: whenOf(silence),
        next:
          silence.start === null || silence.end === null
            ? ''
            : SILENCES_TEXTS.window(fullTime(silence.start), fullTime(silence.end)),
      })) ?? null
    );
  });

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    this.error.set('');
    try {
      const [silences, rules] = await Promise.all([this.api.silences(), this.api.rules()]);
      this.rules.set(rules.items);
      this.known.set(silences.items);
    } catch (error) {
      this.error.set(ALERTS_TEXTS.failed(reasonOf(error)));
    }
  }

  protected take(silence: Silence): void {
    this.writing.set(false);
    this.known.update((known) => [silence, ...(known ?? [])]);
  }

  protected async end({ id }: Silence): Promise<void> {
    this.error.set('');
    try {
      await this.api.removeSilence(id);
      this.known.update((known) => (known ?? []).filter((one) => one.id !== id));
    } catch (error) {
      this.error.set(reasonOf(error));
    }
  }
}

function stateOf({ isActive, start }: Silence): 'active' | 'planned' | 'over' {
  if (isActive) return 'active';
  return start === null ? 'over' : 'planned';
}

function whatOf({ hosts, hostIds, rules }: Silence, names: ReadonlyMap<string, string>): string {
  const where = hostsWords(hosts);
  const words = [
    ...(where === RULES_TEXTS.allHosts ? [] : [where]),
    ...(hostIds.length === 0 ? [] : [SILENCES_TEXTS.hosts(hostIds.length)]),
    ...(rules.length === 0
      ? []
      : [SILENCES_TEXTS.rules(rules.map((id) => names.get(id) ?? id).join(', '))]),
  ];
  return words.length === 0 ? SILENCES_TEXTS.everything : words.join(' · ');
}

function whenOf({ incident, schedule }: Silence): string {
  if (incident !== null) return QUICK_SILENCE_TEXTS.untilResolved;
  return schedule.kind === 'once'
    ? durationWords(schedule.until - schedule.from)
    : SILENCES_TEXTS.recurring(schedule.cron, schedule.timeZone, durationWords(schedule.duration));
}
