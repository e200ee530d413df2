import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Router } from '@angular/router';
import { AUDIT_ACTIONS, type AuditEntryInfo } from '@hostdeck/contracts';
import { ChoiceField } from '../alerts/fields/choice-field';
import { TextField } from '../alerts/fields/text-field';
import { Icon } from '../icons/icon';
import { LOCALE } from '../language/language';
import { HubClock } from '../live/hub-clock';
import { Session } from '../session/session';
import { Attempt } from '../shell/attempt';
import { EmptyState } from '../shell/empty-state';
import { FormError } from '../shell/form-error';
import { AuditApi, auditExportUrl, type AuditQuestion } from './audit-api';
import { toAuditRow } from './audit-row';
import { AUDIT_TEXTS } from './audit.texts';

const DAY = 86_400_000;
/** Spans of time to choose from, ms, by what stands in the address. */
const SPANS = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY } as const;
type Span = keyof typeof SPANS;
const SPAN_NAMES = ['24h', '7d', '30d'] as const satisfies readonly Span[];

/** Who did or tried what, the newest first, for administrators; what is asked for is part of the address. */
@Component({
  selector: 'hd-audit-page',
  imports: [ChoiceField, EmptyState, FormError, Icon, MatButtonModule, TextField],
  templateUrl: './audit-page.html',
  styleUrl: './audit-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AuditPage {
  private readonly api = inject(AuditApi);
  private readonly router = inject(Router);
  private readonly clock = inject(HubClock);

  /** From the address. */
  readonly actor = input<string>();
  readonly action = input<string>();
  readonly since = input<string>();

  protected readonly texts = AUDIT_TEXTS;
  protected readonly mayRead = inject(Session).mayReadAudit;
  protected readonly actions = [
    { value: '', label: AUDIT_TEXTS.anyAction },
    ...AUDIT_ACTIONS.map((value) => ({ value, label: AUDIT_TEXTS.actions[value] })).sort((a, b) =>
      a.label.localeCompare(b.label, LOCALE),
    ),
  ];
  protected readonly spans = [
    { value: '', label: AUDIT_TEXTS.anyTime },
    ...SPAN_NAMES.map((value) => ({ value, label: AUDIT_TEXTS.spans[value] })),
  ];
  /** What is asked for. The span begins anew whenever something else is asked. */
  private readonly filter = computed((): AuditQuestion => {
    const actor = this.actor()?.trim() ?? '';
    const action = AUDIT_ACTIONS.find((one) => one === this.action());
    const span = SPAN_NAMES.find((one) => one === this.since());
    return {
      ...(actor === '' ? {} : { actor }),
      ...(action === undefined ? {} : { action }),
      ...(span === undefined ? {} : { from: untracked(this.clock.now) - SPANS[span] }),
    };
  });
  protected readonly isFiltered = computed(() => Object.keys(this.filter()).length > 0);
  protected readonly exportUrl = computed(() => auditExportUrl(this.filter()));
  /** `null` before the first answer. */
  private readonly entries = signal<readonly AuditEntryInfo[] | null>(null);
  protected readonly rows = computed(() => this.entries()?.map(toAuditRow) ?? null);
  protected readonly next = signal<string | undefined>(undefined);
  protected readonly attempt = new Attempt();
  /** Counts the questions: an answer to an earlier one is not for this list. */
  private question = 0;

  constructor() {
    effect(() => {
      const filter = this.filter();
      if (this.mayRead()) void this.load(filter);
    });
  }

  protected narrow(change: Readonly<Record<string, string>>): void {
    const queryParams = Object.fromEntries(
      Object.entries(change).map(([name, value]) => [name, value === '' ? null : value]),
    );
    void this.router.navigate([], {
      queryParams,
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }

  /** The first page anew. */
  protected reload(): void {
    void this.load(this.filter());
  }

  /** The page after what is shown. */
  protected more(cursor: string): void {
    void this.load(this.filter(), cursor);
  }

  private async load(filter: AuditQuestion, cursor?: string): Promise<void> {
    this.question += 1;
    const { question } = this;
    if (cursor === undefined) {
      this.entries.set(null);
      this.next.set(undefined);
    }
    await this.attempt.run(async () => {
      const { items, next } = await this.api.entries(filter, cursor);
      if (question !== this.question) return;
      this.entries.update((known) => [...(known ?? []), ...items]);
      this.next.set(next);
    });
  }
}
