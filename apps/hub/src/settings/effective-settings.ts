import {
  DEFAULT_INTERVAL,
  DEFAULT_SETTINGS,
  type AgentSettings,
  type SettingName,
  type SettingSource,
  type SettingsOverride,
} from '@hostdeck/contracts';

/** Everything that may say something of one host's settings. */
export interface SettingsSaid {
  readonly host: SettingsOverride;
  /** Of the host's tags that say something, the first by name first. */
  readonly tags: readonly { readonly tag: string; readonly settings: SettingsOverride }[];
  readonly fleet: SettingsOverride;
  /** Sampling interval of the agent's own configuration, ms. */
  readonly ownInterval: number;
}

/** The settings in force, and where the value of each comes from. */
export interface EffectiveSettings {
  readonly effective: AgentSettings;
  readonly sources: Readonly<Record<SettingName, SettingSource>>;
}

interface Layer {
  readonly source: SettingSource;
  readonly settings: SettingsOverride;
}

/** Of every setting the narrowest that says something counts: host, tag, fleet, the agent's own configuration, default. */
export function effectiveSettings({
  host,
  tags,
  fleet,
  ownInterval,
}: SettingsSaid): EffectiveSettings {
  const layers: readonly Layer[] = [
    { source: { from: 'default' }, settings: DEFAULT_SETTINGS },
    {
      source: { from: 'agent' },
      settings: ownInterval === DEFAULT_INTERVAL ? {} : { interval: ownInterval },
    },
    { source: { from: 'fleet' }, settings: fleet },
    ...tags.toReversed().map(({ tag, settings }): Layer => ({
      source: { from: 'tag', tag },
      settings,
    })),
    { source: { from: 'host' }, settings: host },
  ];
  const effective: AgentSettings = { ...DEFAULT_SETTINGS };
  const sources = new Map<string, SettingSource>();
  for (const { source, settings } of layers) {
    Object.assign(effective, settings);
    for (const name of Object.keys(settings)) sources.set(name, source);
  }
  // The defaults have a value for every name.
  return { effective, sources: Object.fromEntries(sources) as EffectiveSettings['sources'] };
}
