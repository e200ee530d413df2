import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { Alert, Silence } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { HubClock } from '../../live/hub-clock';
import { FormError } from '../../shell/form-error';
import { AlertsApi } from '../alerts-api';
import { type Choice, ChoiceField } from '../fields/choice-field';
import { MomentField } from '../fields/moment-field';
import { TextField } from '../fields/text-field';
import {
  type QuickSilence,
  readQuickSilence,
  SILENCE_LENGTHS,
  SILENCE_SCOPES,
} from './quick-silence-draft';
import { QUICK_SILENCE_TEXTS } from './quick-silence.texts';

const TEXTS = QUICK_SILENCE_TEXTS;

/** Silences something that fires: what of it, for how long, and why. */
@Component({
  selector: 'hd-quick-silence-form',
  imports: [ChoiceField, FormError, MatButtonModule, MomentField, TextField],
  template: `
    @let written = draft();
    <form
      class="inset"
      novalidate
      data-testid="quick-silence"
      [attr.aria-label]="texts.heading"
      (submit)="save(); $event.preventDefault()"
    >
      <h3>{{ texts.heading }}</h3>
      <p class="hd-muted">{{ texts.lead }}</p>
      <div class="row even">
        @if (abouts().length > 1) {
          <hd-choice-field
            name="quick-silence-about"
            [label]="texts.about"
            [choices]="abouts()"
            [value]="written.about"
            (changed)="set({ about: $event })"
          />
        }
        <hd-choice-field
          name="quick-silence-scope"
          [label]="texts.scope"
          [choices]="scopes()"
          [value]="written.scope"
          (changed)="setScope($event)"
        />
        <hd-choice-field
          name="quick-silence-length"
          [label]="texts.length"
          [choices]="lengths"
          [value]="written.length"
          (changed)="setLength($event)"
        />
        @if (written.length === 'chosen') {
          <hd-moment-field
            name="quick-silence-until"
            [label]="texts.until"
            [value]="written.until"
            [error]="errorOf('until')"
            (changed)="set({ until: $event })"
          />
        }
        <hd-text-field
          name="quick-silence-reason"
          [label]="texts.reason"
          [hint]="texts.reasonHint"
          [value]="written.reason"
          [error]="errorOf('reason')"
          (changed)="set({ reason: $event })"
        />
      </div>
      <hd-form-error [message]="error()" />
      <div class="actions">
        <button mat-flat-button type="submit" data-testid="save-quick-silence" [disabled]="busy()">
          {{ texts.save }}
        </button>
        <button mat-button type="button" (click)="cancelled.emit()">{{ texts.cancel }}</button>
      </div>
    </form>
  `,
  styleUrl: './quick-silence-form.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class QuickSilenceForm {
  private readonly api = inject(AlertsApi);
  private readonly clock = inject(HubClock);

  /** What may be silenced, one of each rule and host; at least one. */
  readonly alerts = input.required<readonly Alert[]>();
  /** The one that it begins with. */
  readonly about = input.required<string>();
  readonly added = output<Silence>();
  readonly cancelled = output();

  protected readonly texts = TEXTS;
  protected readonly lengths = SILENCE_LENGTHS.map((value): Choice => {
    return { value, label: TEXTS.lengths[value] };
  });
  protected readonly draft = linkedSignal<string, QuickSilence>({
    source: this.about,
    computation: (about, before) => ({
      scope: 'both',
      length: 'hour',
      until: '',
      reason: '',
      ...before?.value,
      about,
    }),
  });
  private readonly alert = computed(() => {
    const alerts = this.alerts();
    return alerts.find(({ id }) => id === this.draft().about) ?? alerts[0];
  });
  protected readonly abouts = computed(() =>
    this.alerts().map(({ id, ruleName, host }): Choice => {
      return { value: id, label: TEXTS.aboutOf(ruleName, host.name) };
    }),
  );
  protected readonly scopes = computed(() => {
    const alert = this.alert();
    if (alert === undefined) return [];
    return SILENCE_SCOPES.map((value): Choice => {
      return { value, label: TEXTS.scopes[value](alert.ruleName, alert.host.name) };
    });
  });
  protected readonly error = signal('');
  protected readonly busy = signal(false);
  private readonly errors = signal<ReadonlyMap<keyof QuickSilence, string>>(new Map());

  protected set(change: Partial<QuickSilence>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  protected setScope(value: string): void {
    const scope = SILENCE_SCOPES.find((one) => one === value);
    if (scope !== undefined) this.set({ scope });
  }

  protected setLength(value: string): void {
    const length = SILENCE_LENGTHS.find((one) => one === value);
    if (length !== undefined) this.set({ length });
  }

  protected errorOf(field: keyof QuickSilence): string {
    return this.errors().get(field) ?? '';
  }

  protected async save(): Promise<void> {
    const alert = this.alert();
    if (alert === undefined) return;
    const read = readQuickSilence(this.draft(), alert, Math.round(this.clock.now()));
    this.errors.set(read.errors ?? new Map());
    this.error.set('');
    if (read.silence === null) return;
    this.busy.set(true);
    try {
      this.added.emit(await this.api.addSilence(read.silence));
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
