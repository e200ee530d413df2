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
import type { Channel, ChannelKindInfo, TestAnswer } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { FormError } from '../../shell/form-error';
import { type Choice, ChoiceField } from '../fields/choice-field';
import { ScaledField, type ScaledValue } from '../fields/scaled-field';
import type { Scale } from '../fields/scales';
import { TextField } from '../fields/text-field';
import { configOf, fieldValues } from './channel-draft';
import { ChannelsApi } from './channels-api';
import { CHANNELS_TEXTS } from './channels.texts';

const TEXTS = CHANNELS_TEXTS.form;
/** Numbers without a unit. */
const PLAIN: readonly Scale[] = [{ name: '', size: 1 }];
const USUAL_PACE = { perMinute: 20, digestFrom: 5, digestWindow: 0 };

/** Writes a channel, new or known; what it asks for is what the hub says of its kind. */
@Component({
  selector: 'hd-channel-form',
  imports: [ChoiceField, FormError, MatButtonModule, ScaledField, TextField],
  templateUrl: './channel-form.html',
  styleUrl: './channel-form.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ChannelForm {
  private readonly api = inject(ChannelsApi);

  readonly kinds = input.required<readonly ChannelKindInfo[]>();
  /** `null` for a new one. */
  readonly channel = input.required<Channel | null>();
  /** Something has changed at the hub. */
  readonly saved = output();
  readonly cancelled = output();

  protected readonly texts = TEXTS;
  protected readonly plain = PLAIN;
  protected readonly kindChoices = computed(() =>
    this.kinds().map(({ kind, label }): Choice => ({ value: kind, label })),
  );
  protected readonly kind = linkedSignal(() => this.channel()?.kind ?? this.kinds()[0]?.kind);
  protected readonly info = computed(() => this.kinds().find(({ kind }) => kind === this.kind()));
  protected readonly name = linkedSignal(() => this.channel()?.name ?? '');
  protected readonly enabled = linkedSignal(() => this.channel()?.enabled ?? true);
  protected readonly perMinute = linkedSignal<ScaledValue>(
    () => (this.channel()?.pace ?? USUAL_PACE).perMinute,
  );
  protected readonly digestFrom = linkedSignal<ScaledValue>(
    () => (this.channel()?.pace ?? USUAL_PACE).digestFrom,
  );
  protected readonly values = linkedSignal(() => {
    const info = this.info();
    return info === undefined ? {} : fieldValues(info, this.channel());
  });
  protected readonly busy = signal(false);
  protected readonly error = signal('');
  protected readonly removing = signal(false);
  private readonly answer = signal<TestAnswer | null>(null);
  /** What became of the last test. */
  protected readonly tested = computed(() => {
    const answer = this.answer();
    if (answer === null) return null;
    return answer.ok
      ? {
          worked: true,
          words: TEXTS.testWorked(
            answer.status === null ? '' : ` (${answer.status})`,
            Math.round(answer.took),
          ),
        }
      : { worked: false, words: TEXTS.testFailed(answer.error.message) };
  });

  protected setKind(value: string): void {
    const found = this.kinds().find(({ kind }) => kind === value);
    if (found !== undefined) this.kind.set(found.kind);
    this.answer.set(null);
  }

  protected set(name: string, value: string | boolean): void {
    this.values.update((values) => ({ ...values, [name]: value }));
  }

  protected text(name: string): string {
    const value = this.values()[name];
    return typeof value === 'string' ? value : '';
  }

  protected isSet(name: string): boolean {
    return this.channel()?.secrets[name]?.set === true;
  }

  protected choices(names: readonly string[]): readonly Choice[] {
    return names.map((value) => ({ value, label: value }));
  }

  protected test(): Promise<void> {
    const id = this.channel()?.id;
    return this.run(async (info) => {
      this.answer.set(null);
      const draft = { kind: info.kind, config: configOf(info, this.values()) };
      this.answer.set(await this.api.test(id === undefined ? draft : { ...draft, id }));
    });
  }

  protected save(): Promise<void> {
    const id = this.channel()?.id;
    return this.run(async (info) => {
      const { digestWindow } = this.channel()?.pace ?? USUAL_PACE;
      const channel = {
        name: this.name(),
        enabled: this.enabled(),
        config: configOf(info, this.values()),
        pace: {
          perMinute: numberOr(this.perMinute(), USUAL_PACE.perMinute),
          digestFrom:
            this.digestFrom() === null ? null : numberOr(this.digestFrom(), USUAL_PACE.digestFrom),
          digestWindow,
        },
      };
      if (id === undefined) await this.api.add({ kind: info.kind, ...channel });
      else await this.api.change(id, channel);
      this.saved.emit();
    });
  }

  protected remove(): Promise<void> {
    const id = this.channel()?.id ?? '';
    return this.run(async () => {
      await this.api.remove(id);
      this.saved.emit();
    });
  }

  private async run(work: (info: ChannelKindInfo) => Promise<void>): Promise<void> {
    const info = this.info();
    if (info === undefined) return;
    this.busy.set(true);
    this.error.set('');
    try {
      await work(info);
    } catch (error) {
      this.error.set(reasonOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}

function numberOr(value: ScaledValue, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
