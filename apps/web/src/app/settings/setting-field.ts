import { ChangeDetectionStrategy, Component, input, model } from '@angular/core';
import { COLLECTOR_NAMES, COMMAND_LINES, type CollectorName } from '@hostdeck/contracts';
import type { SettingDraft } from './setting-draft';
import { SETTINGS_TEXTS } from './settings.texts';

/** What the value of one setting is put into. */
@Component({
  selector: 'hd-setting-field',
  templateUrl: './setting-field.html',
  styleUrl: './setting-field.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SettingField {
  readonly draft = model.required<SettingDraft>();
  readonly label = input.required<string>();
  /** Id of what says what is wrong with it. */
  readonly errorId = input.required<string>();
  readonly isWrong = input.required<boolean>();

  protected readonly texts = SETTINGS_TEXTS;
  protected readonly collectors = COLLECTOR_NAMES;
  protected readonly commandLines = COMMAND_LINES;

  protected toggle(disabled: readonly CollectorName[], name: CollectorName): void {
    this.draft.set({
      kind: 'collectors',
      disabled: COLLECTOR_NAMES.filter((one) => disabled.includes(one) !== (one === name)),
    });
  }
}
