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
import { Router, RouterLink } from '@angular/router';
import {
  type AlertRule,
  MESSAGE_PLACEHOLDERS,
  METRIC_IDS,
  METRICS,
  type Severity,
} from '@hostdeck/contracts';
import { ApiError, reasonOf } from '../../api/problem';
import { Icon } from '../../icons/icon';
import { metricName } from '../../metrics/metric-name';
import { METRICS_TEXTS } from '../../metrics/metrics.texts';
import { Session } from '../../session/session';
import { EmptyState } from '../../shell/empty-state';
import { FormError } from '../../shell/form-error';
import { AlertsApi } from '../alerts-api';
import { ALERTS_TEXTS } from '../alerts.texts';
import { type Choice, ChoiceField, type ChoiceGroup } from '../fields/choice-field';
import { ScaledField } from '../fields/scaled-field';
import { scalesOf, TIME_SCALES } from '../fields/scales';
import { TextField } from '../fields/text-field';
import { BacktestPreview } from './backtest-preview';
import { OverrideList, type WrittenOverride } from './override-list';
import { OVERRIDES_TEXTS } from './overrides.texts';
import {
  hasInstances,
  needsMetric,
  NEW_RULE,
  parseMetric,
  readDraft,
  type RuleDraft,
  toDraft,
} from './rule-draft';
import { CONDITION_KINDS, RULES_TEXTS } from './rules.texts';

const TEXTS = RULES_TEXTS.edit;
const NOT_FOUND = 404;
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** Writes a rule, new or known, and shows beside it when it would have fired. */
@Component({
  selector: 'hd-rule-page',
  imports: [
    BacktestPreview,
    ChoiceField,
    EmptyState,
    FormError,
    Icon,
    MatButtonModule,
    OverrideList,
    RouterLink,
    ScaledField,
    TextField,
  ],
  templateUrl: './rule-page.html',
  styleUrl: './rule-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RulePage {
  private readonly api = inject(AlertsApi);
  private readonly router = inject(Router);
  private readonly me = inject(Session).me;

  /** From the address; `new` for one that is not there yet. */
  readonly id = input.required<string>();

  protected readonly texts = TEXTS;
  protected readonly shared = ALERTS_TEXTS;
  protected readonly times = TIME_SCALES;
  protected readonly severities = SEVERITIES.map((value): Choice => {
    return { value, label: ALERTS_TEXTS.severities[value] };
  });
  protected readonly kinds = CONDITION_KINDS.map((value): Choice => {
    return { value, label: RULES_TEXTS.kinds[value] };
  });
  protected readonly directions: readonly Choice[] = [
    { value: 'above', label: TEXTS.directions.above },
    { value: 'below', label: TEXTS.directions.below },
  ];
  protected readonly metrics = metricGroups();
  protected readonly messageHint = TEXTS.messageHint(
    MESSAGE_PLACEHOLDERS.map((name) => `{${name}}`).join(' '),
  );

  protected readonly mayChange = computed(() => this.me()?.role === 'admin');
  protected readonly draft = signal<RuleDraft | null>(null);
  protected readonly read = computed(() => {
    const draft = this.draft();
    return draft === null ? null : readDraft(draft);
  });
  /** As the hub has it; `null` for a new one. */
  protected readonly known = signal<AlertRule | null>(null);
  /** What an exception that is being written comes to. */
  protected readonly exception = signal<WrittenOverride | null>(null);
  /** Whose firings are shown: those of the exception that is being written, else of the rule. */
  protected readonly previewed = computed(() => {
    const exception = this.exception();
    return exception === null
      ? { rule: this.complete(), ruleId: this.ruleId(), host: null, note: '' }
      : {
          rule: exception.rule,
          ruleId: null,
          host: exception.host,
          note: OVERRIDES_TEXTS.preview(exception.words),
        };
  });
  protected readonly complete = computed(() => this.read()?.rule ?? null);
  protected readonly ruleId = computed(() => (this.id() === 'new' ? null : this.id()));
  protected readonly missing = signal(false);
  protected readonly error = signal('');
  protected readonly busy = signal(false);
  /** Whether somebody has asked to remove the rule, and is asked whether that is meant. */
  protected readonly removing = signal(false);
  /** What is wrong is said once somebody has tried to save. */
  private readonly tried = signal(false);

  protected readonly shape = computed(() => {
    const { kind, metric } = this.draft() ?? NEW_RULE;
    return {
      metric: needsMetric(kind),
      instance: needsMetric(kind) && hasInstances(metric),
      threshold: ['above', 'below', 'rate', 'predicted'].includes(kind),
      clear: kind === 'above' || kind === 'below',
      direction: kind === 'rate' || kind === 'predicted',
      window: kind === 'rate' || kind === 'predicted',
      within: kind === 'predicted',
      clock: kind === 'clock_off',
      scales: scalesOf(METRICS[metric].unit),
    };
  });

  constructor() {
    effect(() => {
      this.id();
      untracked(() => void this.open());
    });
  }

  protected errorOf(field: keyof RuleDraft): string {
    return this.tried() ? (this.read()?.errors?.get(field) ?? '') : '';
  }

  protected set(change: Partial<RuleDraft>): void {
    this.draft.update((draft) => (draft === null ? null : { ...draft, ...change }));
  }

  protected setKind(value: string): void {
    const kind = CONDITION_KINDS.find((one) => one === value);
    if (kind !== undefined) this.set({ kind });
  }

  protected setMetric(value: string): void {
    const before = this.draft()?.metric ?? NEW_RULE.metric;
    const metric = parseMetric(value, before);
    // A number of another unit would mean something else.
    const isOther = METRICS[metric].unit !== METRICS[before].unit;
    this.set({ metric, instance: '*', ...(isOther ? { threshold: null, clear: null } : {}) });
  }

  protected setSeverity(field: 'severity' | 'escalateTo', value: string): void {
    const severity = SEVERITIES.find((one) => one === value);
    if (severity !== undefined) this.set({ [field]: severity });
  }

  protected async open(): Promise<void> {
    const id = this.ruleId();
    this.tried.set(false);
    this.missing.set(false);
    this.error.set('');
    this.known.set(null);
    this.exception.set(null);
    if (id === null) {
      this.draft.set(NEW_RULE);
      return;
    }
    this.draft.set(null);
    try {
      const rule = await this.api.rule(id);
      this.known.set(rule);
      this.draft.set(toDraft(rule));
    } catch (error) {
      this.missing.set(error instanceof ApiError && error.status === NOT_FOUND);
      this.error.set(ALERTS_TEXTS.failed(reasonOf(error)));
    }
  }

  protected async save(): Promise<void> {
    this.tried.set(true);
    const rule = this.complete();
    if (rule === null) {
      this.error.set(TEXTS.wrong);
      return;
    }
    const id = this.ruleId();
    await this.ask(() => (id === null ? this.api.addRule(rule) : this.api.changeRule(id, rule)));
  }

  protected async remove(): Promise<void> {
    const id = this.ruleId();
    if (id !== null) await this.ask(() => this.api.removeRule(id));
  }

  /** Goes back to the rules once the hub has done what it was asked for. */
  private async ask(request: () => Promise<unknown>): Promise<void> {
    this.busy.set(true);
    this.error.set('');
    try {
      await request();
      await this.router.navigate(['/alerts/rules']);
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}

function metricGroups(): readonly ChoiceGroup[] {
  const groups = new Map<string, Choice[]>();
  for (const id of METRIC_IDS) {
    const group = METRICS_TEXTS.groups[METRICS[id].group];
    groups.set(group, [...(groups.get(group) ?? []), { value: id, label: metricName(id) }]);
  }
  return [...groups].map(([label, choices]) => ({ label, choices }));
}
