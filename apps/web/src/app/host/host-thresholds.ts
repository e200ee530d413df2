import { computed, DestroyRef, effect, inject, Injectable, signal, untracked } from '@angular/core';
import type { HostThresholds as Thresholds } from '@hostdeck/contracts';
import { AlertsStore } from '../alerts/alerts-store';
import { HubApi } from '../api/hub-api';
import { HostStore } from './host-store';

const NONE: Thresholds = { thresholds: [], firings: [] };

/** What the rules hold against the host of the page, and when they fired in the time shown. One per page. */
@Injectable()
export class HostThresholds {
  private readonly api = inject(HubApi);
  private readonly alerts = inject(AlertsStore);
  private readonly store = inject(HostStore);
  private readonly answer = signal<Thresholds>(NONE);

  readonly thresholds = computed(() => this.answer().thresholds);
  /** Times are on the clock of the charts. */
  readonly firings = computed(() => {
    const offset = this.store.clockOffset();
    return this.answer().firings.map((firing) => ({
      ...firing,
      from: firing.from + offset,
      to: firing.to === null ? null : firing.to + offset,
    }));
  });
  private readonly hostId = computed(() => this.store.host()?.id ?? null);
  /** Tags choose which rules and exceptions hold. */
  private readonly tags = computed(() => this.store.host()?.tags.join(' ') ?? '');
  /** What fires on the host by what is told live: another text means that there is something new to ask for. */
  private readonly firing = computed(() => {
    const id = this.hostId();
    return (this.alerts.open() ?? [])
      .filter(({ hosts }) => hosts.some((host) => host.id === id))
      .map((incident) => `${incident.id} ${String(incident.firing)} ${String(incident.alerts)}`)
      .join();
  });

  constructor() {
    inject(DestroyRef).onDestroy(this.alerts.follow());
    effect((onCleanup) => {
      const id = this.hostId();
      this.tags();
      this.firing();
      const fixed = this.store.fixed();
      const { span } = this.store.range();
      // It wanders by some ms all the time: no reason to ask anew.
      const offset = untracked(this.store.clockOffset);
      if (id === null) {
        this.answer.set(NONE);
        return;
      }
      const window = fixed ?? { from: Date.now() - span, to: null };
      const question = this.api
        .thresholds(id, {
          from: Math.max(0, Math.floor(window.from - offset)),
          ...(window.to === null ? {} : { to: Math.ceil(window.to - offset) }),
        })
        .subscribe({
          next: (answer) => this.answer.set(answer),
          // The charts are there without them; the next change asks again.
          error: () => this.answer.set(NONE),
        });
      onCleanup(() => question.unsubscribe());
    });
  }
}
