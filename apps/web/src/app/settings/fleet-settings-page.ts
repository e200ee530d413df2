import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import {
  AgentSettingsSchema,
  DEFAULT_SETTINGS,
  type FleetSettings,
  type SettingName,
  type SettingSource,
  type SettingsOverride,
  TagSchema,
} from '@hostdeck/contracts';
import { HubApi } from '../api/hub-api';
import { reasonSentence } from '../api/problem';
import { Session } from '../session/session';
import { SETTING_GROUPS } from './setting-list';
import { type SaveSettings, type ScopedSettings, SettingsForm } from './settings-form';
import { SETTINGS_TEXTS } from './settings.texts';

/** What is set for the whole fleet, and for every host with some tag. */
@Component({
  selector: 'hd-fleet-settings-page',
  imports: [SettingsForm],
  templateUrl: './fleet-settings-page.html',
  styleUrl: './settings-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FleetSettingsPage {
  private readonly api = inject(HubApi);

  protected readonly texts = SETTINGS_TEXTS;
  protected readonly mayChange = inject(Session).mayChangeSettings;
  protected readonly failure = signal('');
  protected readonly tagError = signal('');
  private readonly known = signal<FleetSettings | null>(null);
  /** Tags that somebody has begun to set something for. */
  private readonly begun = signal<readonly string[]>([]);

  protected readonly fleet = computed<ScopedSettings | null>(() => {
    const known = this.known();
    return known === null ? null : scoped(known.fleet, {}, { from: 'fleet' });
  });
  protected readonly tags = computed(() => {
    const known = this.known();
    if (known === null) return [];
    const set = new Map(known.tags.map(({ tag, settings }) => [tag, settings]));
    const names = [...new Set([...set.keys(), ...this.begun()])].sort();
    return names.map((tag) => ({
      tag,
      settings: scoped(set.get(tag) ?? {}, known.fleet, { from: 'tag', tag }),
      save: this.saveTag(tag),
    }));
  });

  constructor() {
    void this.load();
  }

  protected readonly saveFleet: SaveSettings = async (own) => {
    this.known.set(await this.api.setFleetSettings(own));
  };

  protected async load(): Promise<void> {
    this.failure.set('');
    try {
      this.known.set(await this.api.fleetSettings());
    } catch (error) {
      this.failure.set(reasonSentence(error));
    }
  }

  /** @returns whether it is a tag */
  protected addTag(text: string): boolean {
    const read = TagSchema.safeParse(text);
    this.tagError.set(read.success ? '' : SETTINGS_TEXTS.badTag);
    if (read.success) this.begun.update((tags) => [...new Set([...tags, read.data])]);
    return read.success;
  }

  private saveTag(tag: string): SaveSettings {
    return async (own) => {
      this.known.set(await this.api.setTagSettings(tag, own));
    };
  }
}

/** What holds for a host of which nothing else is known than this scope and the one around it. */
function scoped(
  own: SettingsOverride,
  around: SettingsOverride,
  here: SettingSource,
): ScopedSettings {
  const source = (name: SettingName): SettingSource => {
    if (Object.hasOwn(own, name)) return here;
    return { from: Object.hasOwn(around, name) ? 'fleet' : 'default' };
  };
  const names: readonly SettingName[] = SETTING_GROUPS.flatMap((group) => [...group.names]);
  return {
    effective: AgentSettingsSchema.parse({ ...DEFAULT_SETTINGS, ...around, ...own }),
    sources: Object.fromEntries(names.map((name) => [name, source(name)])),
    own,
  };
}
