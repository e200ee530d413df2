import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { AlertRule, Silence } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { HubClock } from '../../live/hub-clock';
import { FormError } from '../../shell/form-error';
import { AlertsApi } from '../alerts-api';
import { type Choice, ChoiceField } from '../fields/choice-field';
import { MomentField } from '../fields/moment-field';
import { ScaledField } from '../fields/scaled-field';
import { TIME_SCALES } from '../fields/scales';
import { TextField } from '../fields/text-field';
import { newSilence, readSilence, SILENCE_KINDS, type SilenceDraft } from './silence-draft';
import { SILENCES_TEXTS } from './silences.texts';

const TEXTS = SILENCES_TEXTS.form;

/** Writes a new silence. */
@Component({
  selector: 'hd-silence-form',
  imports: [ChoiceField, FormError, MatButtonModule, MomentField, ScaledField, TextField],
  templateUrl: './silence-form.html',
  styleUrl: './silence-form.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SilenceForm {
  private readonly api = inject(AlertsApi);
  private readonly clock = inject(HubClock);

  readonly rules = input.required<readonly AlertRule[]>();
  readonly added = output<Silence>();
  readonly cancelled = output();

  protected readonly texts = TEXTS;
  protected readonly times = TIME_SCALES;
  protected readonly kinds = SILENCE_KINDS.map((value): Choice => {
    return { value, label: TEXTS.kinds[value] };
  });
  protected readonly ruleChoices = computed<readonly Choice[]>(() => [
    { value: '', label: TEXTS.allRules },
    ...this.rules().map(({ id, name }) => ({ value: id, label: name })),
  ]);
  protected readonly draft = signal(
    newSilence(new Intl.DateTimeFormat().resolvedOptions().timeZone),
  );
  protected readonly errors = signal<ReadonlyMap<keyof SilenceDraft, string>>(new Map());
  protected readonly error = signal('');
  protected readonly busy = signal(false);

  protected set(change: Partial<SilenceDraft>): void {
    this.draft.update((draft) => ({ ...draft, ...change }));
  }

  protected setKind(value: string): void {
    const kind = SILENCE_KINDS.find((one) => one === value);
    if (kind !== undefined) this.set({ kind });
  }

  protected errorOf(field: keyof SilenceDraft): string {
    return this.errors().get(field) ?? '';
  }

  protected async save(): Promise<void> {
    const { silence, errors } = readSilence(this.draft(), Math.round(this.clock.now()));
    this.errors.set(errors ?? new Map());
    this.error.set('');
    if (silence === null) return;
    this.busy.set(true);
    try {
      this.added.emit(await this.api.addSilence(silence));
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
