import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { type AlertOverride, type AlertRule, METRICS, type Severity } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { FormError } from '../../shell/form-error';
import { AlertsApi } from '../alerts-api';
import { ALERTS_TEXTS } from '../alerts.texts';
import { type Choice, ChoiceField } from '../fields/choice-field';
import { ScaledField } from '../fields/scaled-field';
import { scalesOf, TIME_SCALES } from '../fields/scales';
import { TextField } from '../fields/text-field';
import {
  hasClear,
  OVERRIDE_EFFECTS,
  OVERRIDE_KINDS,
  type OverrideDraft,
  readOverride,
} from './override-draft';
import { OVERRIDES_TEXTS } from './overrides.texts';

const TEXTS = OVERRIDES_TEXTS.form;
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** Writes an exception to a rule. */
@Component({
  selector: 'hd-override-form',
  imports: [ChoiceField, FormError, MatButtonModule, ScaledField, TextField],
  templateUrl: './override-form.html',
  styleUrl: './override-form.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OverrideForm {
  private readonly api = inject(AlertsApi);

  readonly rule = input.required<AlertRule>();
  readonly begin = input.required<OverrideDraft>();
  /** Hosts there are. */
  readonly hosts = input.required<readonly Choice[]>();
  /** What is written so far, as soon as it is complete; else `null`. */
  readonly written = output<AlertOverride | null>();
  readonly saved = output<AlertRule>();
  readonly cancelled = output();

  protected readonly texts = TEXTS;
  protected readonly times = TIME_SCALES;
  protected readonly kinds = OVERRIDE_KINDS.map((value): Choice => {
    return { value, label: TEXTS.kinds[value] };
  });
  protected readonly effects = OVERRIDE_EFFECTS.map((value): Choice => {
    return { value, label: TEXTS.effects[value] };
  });
  protected readonly severities: readonly Choice[] = [
    { value: '', label: TEXTS.sameSeverity },
    ...SEVERITIES.map((value): Choice => ({ value, label: ALERTS_TEXTS.severities[value] })),
  ];
  protected readonly hostChoices = computed<readonly Choice[]>(() => [
    { value: '', label: TEXTS.chooseHost },
    ...this.hosts(),
  ]);
  protected readonly draft = linkedSignal(() => this.begin());
  protected readonly shape = computed(() => {
    const { condition } = this.rule();
    return {
      threshold: 'threshold' in condition,
      clear: hasClear(condition),
      scales: 'metric' in condition ? scalesOf(METRICS[condition.metric].unit) : TIME_SCALES,
    };
  });
  private readonly read = computed(() => readOverride(this.draft(), this.rule().condition));
  protected readonly error = signal('');
  protected readonly busy = signal(false);
  /** What is wrong is said once somebody has tried to save. */
  private readonly tried = signal(false);

  constructor() {
    effect(() => this.written.emit(this.read().override));
  }

  protected set(change: Partial<OverrideDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  protected setKind(value: string): void {
    this.set({ kind: value === 'tag' ? 'tag' : 'host' });
  }

  protected setEffect(value: string): void {
    const found = OVERRIDE_EFFECTS.find((one) => one === value);
    if (found !== undefined) this.set({ effect: found });
  }

  protected setSeverity(value: string): void {
    this.set({ severity: SEVERITIES.find((one) => one === value) ?? '' });
  }

  protected errorOf(field: keyof OverrideDraft): string {
    return this.tried() ? (this.read().errors?.get(field) ?? '') : '';
  }

  protected async save(): Promise<void> {
    this.tried.set(true);
    this.error.set('');
    const { override } = this.read();
    if (override === null) return;
    this.busy.set(true);
    try {
      this.saved.emit(await this.api.setOverride(this.rule().id, override));
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
