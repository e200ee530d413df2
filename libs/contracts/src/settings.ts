import { z } from 'zod';
import { displayText } from './text';

/** Shortest and longest sampling interval, ms. */
export const MIN_INTERVAL = 1_000;
export const MAX_INTERVAL = 60_000;
/** Sampling interval unless set otherwise, ms. */
export const DEFAULT_INTERVAL = 2_000;

/** What an agent can read, by the names of its collectors. Those that every frame needs can not be turned off. */
export const COLLECTOR_NAMES = [
  'cpu',
  'load',
  'memory',
  'pressure',
  'disks',
  'filesystems',
  'network',
  'tcp',
  'udp',
  'processes',
  'sensors',
  'battery',
  'gpu',
  'smart',
  'raid',
  'services',
  'containers',
  'textfile',
] as const;
export type CollectorName = (typeof COLLECTOR_NAMES)[number];

/** A name with `*` for any run of characters and `?` for one. */
const Pattern = z.string().trim().min(1, 'a pattern is not empty').max(200);
const Patterns = z.array(Pattern).max(50);

/** Which instances of a kind are watched: with `include`, only those that match one of it; never those that match `skip`. */
export const SelectionSchema = z.strictObject({ include: Patterns, skip: Patterns });
export type Selection = z.infer<typeof SelectionSchema>;
const ALL: Selection = { include: [], skip: [] };

/** How much of a command line leaves the host. */
export const COMMAND_LINES = ['redacted', 'hidden'] as const;

const SETTINGS = {
  /** Sampling interval, ms. */
  interval: z.number().int().min(MIN_INTERVAL).max(MAX_INTERVAL),
  /** Interval while somebody looks at the host, ms, where it is shorter than `interval`. */
  watchedInterval: z.number().int().min(MIN_INTERVAL).max(MAX_INTERVAL),
  /** Whether a host on battery, or too busy to sample in time, samples less often. */
  adaptive: z.boolean(),
  /** Collectors that are off. */
  disabled: z
    .array(z.enum(COLLECTOR_NAMES))
    .max(COLLECTOR_NAMES.length)
    .transform((names) => [...new Set(names)]),
  mounts: SelectionSchema,
  /** Whether network mounts are watched. */
  networkMounts: z.boolean(),
  disks: SelectionSchema,
  interfaces: SelectionSchema,
  containers: SelectionSchema,
  /** Units of the system's service manager that are watched by name, whatever their state. */
  services: Patterns,
  /** Processes by name; `skip` keeps one out of table and culprits. */
  processes: SelectionSchema,
  commandLines: z.enum(COMMAND_LINES),
};

const Settings = z.object(SETTINGS);
export type AgentSettings = z.infer<typeof Settings>;

/** What holds where nothing is set. */
export const DEFAULT_SETTINGS: Readonly<AgentSettings> = {
  interval: DEFAULT_INTERVAL,
  watchedInterval: MIN_INTERVAL,
  adaptive: true,
  disabled: [],
  mounts: ALL,
  networkMounts: false,
  disks: ALL,
  interfaces: ALL,
  containers: ALL,
  services: [],
  processes: ALL,
  commandLines: 'redacted',
};

/** What the hub sets on an agent. What a hub of an earlier version does not say has its default. */
export const AgentSettingsSchema = Settings.extend({
  watchedInterval: SETTINGS.watchedInterval.default(DEFAULT_SETTINGS.watchedInterval),
  adaptive: SETTINGS.adaptive.default(DEFAULT_SETTINGS.adaptive),
  disabled: SETTINGS.disabled.default([]),
  mounts: SETTINGS.mounts.default(ALL),
  networkMounts: SETTINGS.networkMounts.default(DEFAULT_SETTINGS.networkMounts),
  disks: SETTINGS.disks.default(ALL),
  interfaces: SETTINGS.interfaces.default(ALL),
  containers: SETTINGS.containers.default(ALL),
  services: SETTINGS.services.default([]),
  processes: SETTINGS.processes.default(ALL),
  commandLines: SETTINGS.commandLines.default(DEFAULT_SETTINGS.commandLines),
});
export type SettingName = keyof AgentSettings;

/** Some of the settings, as set for the fleet, a tag or a host; what is absent is taken from the next wider one. */
export const SettingsOverrideSchema = z.strictObject(SETTINGS).partial();
export type SettingsOverride = z.infer<typeof SettingsOverrideSchema>;

/**
 * Where the value of a setting comes from. The narrowest wins: host, tag, fleet, the agent's own configuration on its machine,
 * default; of tags the first by name.
 */
export const SettingSourceSchema = z.discriminatedUnion('from', [
  z.object({ from: z.literal('default') }),
  z.object({ from: z.literal('agent') }),
  z.object({ from: z.literal('fleet') }),
  z.object({ from: z.literal('tag'), tag: z.string() }),
  z.object({ from: z.literal('host') }),
]);
export type SettingSource = z.infer<typeof SettingSourceSchema>;

/** `GET` and `PUT /api/hosts/:id/settings`. */
export const HostSettingsSchema = z.object({
  effective: Settings,
  sources: z.record(z.string(), SettingSourceSchema),
  /** What is set for this host itself. */
  own: SettingsOverrideSchema,
});
export interface HostSettings {
  readonly effective: AgentSettings;
  readonly sources: Readonly<Record<SettingName, SettingSource>>;
  /** What is set for this host itself. */
  readonly own: SettingsOverride;
}

/** `GET /api/settings`, `PUT /api/settings/fleet`, `PUT` and `DELETE /api/settings/tags/:tag`: what is set for the fleet and for tags. */
export const FleetSettingsSchema = z.object({
  fleet: SettingsOverrideSchema,
  tags: z.array(z.object({ tag: z.string(), settings: SettingsOverrideSchema })),
});
export interface FleetSettings {
  readonly fleet: SettingsOverride;
  readonly tags: readonly { readonly tag: string; readonly settings: SettingsOverride }[];
}

/** Why an agent samples at the interval it does. */
export const INTERVAL_REASONS = ['set', 'watched', 'battery', 'overloaded'] as const;
export type IntervalReason = (typeof INTERVAL_REASONS)[number];

/** Agent → hub, after `hello` and whenever it changes: how the agent itself is doing. */
export const AgentReportSchema = z.strictObject({
  /** Sampling interval in force, ms. */
  interval: z.number().int().min(MIN_INTERVAL).max(MAX_INTERVAL),
  reason: z.enum(INTERVAL_REASONS),
  /** Collectors that do not read everything they should, and why. */
  collectors: z
    .array(
      z.strictObject({
        name: displayText(64),
        /** `limited`: what was read is right, something is missing; `hanging`: a reading is past its deadline. */
        trouble: z.enum(['failing', 'hanging', 'limited']),
        message: displayText(500),
        /** Since when, on the host's clock. */
        since: z.number().int().nonnegative().max(8.64e15),
      }),
    )
    .max(64),
});
export type AgentReport = z.infer<typeof AgentReportSchema>;
