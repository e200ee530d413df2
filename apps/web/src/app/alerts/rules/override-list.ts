import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { AlertOverride, AlertRule, OverrideTarget } from '@hostdeck/contracts';
import { reasonOf } from '../../api/problem';
import { FleetStore } from '../../fleet/fleet-store';
import { FormError } from '../../shell/form-error';
import { AlertsApi } from '../alerts-api';
import type { Choice } from '../fields/choice-field';
import { NEW_OVERRIDE, type OverrideDraft, ruleWith, toOverrideDraft } from './override-draft';
import { OverrideForm } from './override-form';
import { overrideWords, targetWords } from './override-words';
import { OVERRIDES_TEXTS } from './overrides.texts';

/** The rule as it would hold by an exception that is being written. */
export type WrittenOverride = ReturnType<typeof ruleWith> & { readonly words: string };

/** What differs from a rule for single hosts and tags: listed, made, changed, removed. */
@Component({
  selector: 'hd-override-list',
  imports: [FormError, MatButtonModule, OverrideForm],
  template: `
    <section class="hd-panel">
      <h3>{{ texts.heading }}</h3>
      <p class="hd-muted">{{ texts.lead }}</p>
      <ul>
        @for (row of rows(); track row.key) {
          <li data-testid="override">
            <span class="what">
              <b
                ><bdi>{{ row.target }}</bdi></b
              >&ngsp;<span>{{ row.words }}</span>
            </span>
            @if (mayChange()) {
              <button
                mat-button
                type="button"
                data-testid="edit-override"
                [attr.aria-label]="texts.editOf(row.target)"
                (click)="draft.set(row.draft)"
              >
                {{ texts.edit }}
              </button>
              <button
                mat-button
                type="button"
                data-testid="remove-override"
                [attr.aria-label]="texts.removeOf(row.target)"
                (click)="remove(row.override.target)"
              >
                {{ texts.remove }}
              </button>
            }
          </li>
        } @empty {
          <li class="hd-muted">{{ texts.none }}</li>
        }
      </ul>
      <hd-form-error [message]="error()" />
      @if (draft(); as begin) {
        <hd-override-form
          [rule]="rule()"
          [begin]="begin"
          [hosts]="hosts()"
          (written)="tell($event)"
          (saved)="take($event)"
          (cancelled)="close()"
        />
      } @else if (mayChange()) {
        <button mat-stroked-button type="button" data-testid="new-override" (click)="add()">
          {{ texts.add }}
        </button>
      }
    </section>
  `,
  styleUrl: './override-list.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class OverrideList {
  private readonly api = inject(AlertsApi);
  private readonly fleet = inject(FleetStore);

  /** As the hub has it. */
  readonly rule = input.required<AlertRule>();
  readonly mayChange = input.required<boolean>();
  readonly changed = output<AlertRule>();
  /** What the exception that is being written comes to; `null` while none is complete. */
  readonly written = output<WrittenOverride | null>();

  protected readonly texts = OVERRIDES_TEXTS;
  protected readonly error = signal('');
  /** `null` while none is being written; that of another rule is given up. */
  protected readonly draft = linkedSignal<string, OverrideDraft | null>({
    source: () => this.rule().id,
    computation: () => null,
  });
  private readonly names = computed(
    () => new Map([...(this.fleet.hosts() ?? [])].map(([id, { card }]) => [id, card.name])),
    { equal: sameNames },
  );
  protected readonly hosts = computed(() =>
    [...this.names()]
      .map(([value, label]): Choice => ({ value, label }))
      .sort((first, second) => first.label.localeCompare(second.label)),
  );
  protected readonly rows = computed(() =>
    this.rule().overrides.map((override) => ({
      key: JSON.stringify(override.target),
      override,
      draft: toOverrideDraft(override),
      target: this.targetOf(override),
      words: overrideWords(override, this.rule().condition),
    })),
  );

  constructor() {
    inject(DestroyRef).onDestroy(this.fleet.follow());
  }

  protected add(): void {
    this.draft.set({ ...NEW_OVERRIDE });
  }

  protected close(): void {
    this.draft.set(null);
    this.written.emit(null);
  }

  protected tell(override: AlertOverride | null): void {
    this.written.emit(
      override === null
        ? null
        : { ...ruleWith(this.rule(), override), words: this.targetOf(override) },
    );
  }

  protected take(rule: AlertRule): void {
    this.close();
    this.changed.emit(rule);
  }

  protected async remove(target: OverrideTarget): Promise<void> {
    const rule = this.rule();
    this.error.set('');
    try {
      await this.api.removeOverride(rule.id, target);
      const gone = JSON.stringify(target);
      const overrides = rule.overrides.filter((one) => JSON.stringify(one.target) !== gone);
      this.changed.emit({ ...rule, overrides });
    } catch (error) {
      this.error.set(reasonOf(error));
    }
  }

  private targetOf(override: AlertOverride): string {
    return targetWords(override, (id) => this.names().get(id) ?? null);
  }
}

/** Values of hosts change all the time, their names hardly ever. */
function sameNames(
  first: ReadonlyMap<string, string>,
  second: ReadonlyMap<string, string>,
): boolean {
  return first.size === second.size && [...first].every(([id, name]) => second.get(id) === name);
}
