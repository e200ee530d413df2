import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import type {
  AgentSettings,
  SettingName,
  SettingSource,
  SettingsOverride,
} from '@hostdeck/contracts';
import { ApiError, reasonOf } from '../api/problem';
import { Icon } from '../icons/icon';
import { draftOf, readDraft, type SettingDraft } from './setting-draft';
import { SettingField } from './setting-field';
import { SETTING_GROUPS } from './setting-list';
import { settingText, sourceText } from './setting-words';
import { SETTINGS_TEXTS } from './settings.texts';

/** What is set somewhere, and what holds there. */
export interface ScopedSettings {
  readonly effective: AgentSettings;
  /** Where a value comes from; absent: from the default. */
  readonly sources: Readonly<Partial<Record<SettingName, SettingSource>>>;
  /** What is set in this scope itself. */
  readonly own: SettingsOverride;
}

/** Sends what is set in a scope from now on to the hub. */
export type SaveSettings = (own: SettingsOverride) => Promise<void>;

interface Editing {
  readonly name: SettingName;
  readonly draft: SettingDraft;
  readonly errors: readonly string[];
  readonly busy: boolean;
}

/** Every setting of one scope: its value, where that comes from, and changing it here. */
@Component({
  selector: 'hd-settings-form',
  imports: [Icon, SettingField],
  templateUrl: './settings-form.html',
  styleUrl: './settings-form.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SettingsForm {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly settings = input.required<ScopedSettings>();
  readonly mayChange = input.required<boolean>();
  readonly save = input.required<SaveSettings>();
  /** Tells the ids of this form from those of another on the same page. */
  readonly scope = input.required<string>();
  readonly saved = output();

  protected readonly texts = SETTINGS_TEXTS;
  protected readonly editing = signal<Editing | null>(null);
  protected readonly outcome = signal('');
  protected readonly failure = signal('');
  protected readonly groups = computed(() => {
    const { effective, sources, own } = this.settings();
    return SETTING_GROUPS.map(({ key, names }) => ({
      key,
      rows: names.map((name) => ({
        name,
        ...SETTINGS_TEXTS.settings[name],
        value: settingText(name, effective),
        isOwn: Object.hasOwn(own, name),
        source: Object.hasOwn(own, name)
          ? SETTINGS_TEXTS.sources.here
          : sourceText(sources[name] ?? { from: 'default' }),
      })),
    }));
  });

  protected errorId(name: SettingName): string {
    return `${this.scope()}-${name}-error`;
  }

  protected begin(name: SettingName): void {
    this.clear();
    const draft = draftOf(name, this.settings().effective);
    this.editing.set({ name, draft, errors: [], busy: false });
    // When it is there, whoever asked for it goes on in it.
    setTimeout(() => this.focusOn('hd-setting-field input, hd-setting-field textarea'));
  }

  protected put(draft: SettingDraft): void {
    this.editing.update((editing) => editing && { ...editing, draft, errors: [] });
  }

  protected cancel(): void {
    const name = this.editing()?.name;
    this.editing.set(null);
    if (name !== undefined) this.backTo(name);
  }

  protected async apply(): Promise<void> {
    const editing = this.editing();
    if (editing === null || editing.busy) return;
    const { name } = editing;
    const read = readDraft(name, editing.draft);
    if (!read.ok) {
      this.editing.set({ ...editing, errors: read.errors });
      this.focusOn('[aria-invalid=true]');
      return;
    }
    this.editing.set({ ...editing, errors: [], busy: true });
    try {
      await this.save()({ ...this.settings().own, ...read.override });
      this.editing.set(null);
      this.outcome.set(SETTINGS_TEXTS.saved(SETTINGS_TEXTS.settings[name].label));
      this.backTo(name);
      this.saved.emit();
    } catch (error) {
      this.editing.set({ ...editing, errors: fieldErrors(error, name), busy: false });
    }
  }

  protected async reset(name: SettingName): Promise<void> {
    this.clear();
    try {
      // What is undefined does not stand in what is sent.
      await this.save()({ ...this.settings().own, [name]: undefined });
      this.outcome.set(SETTINGS_TEXTS.wasReset(SETTINGS_TEXTS.settings[name].label));
      this.backTo(name);
      this.saved.emit();
    } catch (error) {
      this.failure.set(reasonOf(error));
    }
  }

  private clear(): void {
    this.outcome.set('');
    this.failure.set('');
  }

  private backTo(name: SettingName): void {
    setTimeout(() => this.focusOn(`[data-testid="change-${name}"]`));
  }

  private focusOn(selector: string): void {
    this.element.querySelector<HTMLElement>(selector)?.focus();
  }
}

/** What the hub says of the field; where it says nothing of it, why it refused at all. */
function fieldErrors(error: unknown, name: SettingName): readonly string[] {
  const fields = error instanceof ApiError ? error.fields : [];
  const own = fields.filter(({ path }) => path.split('.').includes(name));
  return own.length === 0 ? [reasonOf(error)] : own.map(({ message }) => message);
}
