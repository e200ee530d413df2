import type { AgentSettings, Selection } from '@hostdeck/contracts';
import { DEFAULT_SETTINGS } from '@hostdeck/contracts';

/** What can be chosen about what the collectors watch, while they run: a part of the settings. */
export type CollectorOptions = Pick<
  AgentSettings,
  'mounts' | 'networkMounts' | 'disks' | 'interfaces' | 'containers' | 'services'
>;

/**
 * The options in force now. Collectors ask at every reading, so that a change needs no restart and no counter is lost; what is changed
 * is a new object, never the old one with other content.
 */
export type OptionsSource = () => CollectorOptions;

/** What is watched unless the hub says otherwise. */
export const DEFAULT_COLLECTOR_OPTIONS: CollectorOptions = DEFAULT_SETTINGS;

/**
 * Whether something of that name is watched.
 *
 * @param byDefault whether it is when nothing is asked for by name; what is, is watched although it would be left out by default
 */
export function isSelected(
  { include, skip }: Selection,
  name: string,
  byDefault: boolean,
): boolean {
  if (matchesAny(skip, name)) return false;
  return include.length === 0 ? byDefault : matchesAny(include, name);
}

/** Whether one of the patterns describes `name`. */
export function matchesAny(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => matchesPattern(pattern, name));
}

/**
 * Whether `name` as a whole is what the pattern describes: `*` is any run of characters, `?` one. Takes at most as many steps as the
 * product of both lengths.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  let at = 0;
  let place = 0;
  // The last star, and where what it stands for ends so far: only that one ever needs to take more.
  let star = -1;
  let taken = 0;
  while (place < name.length) {
    const expected = pattern[at];
    if (expected === '*') {
      star = at;
      taken = place;
      at += 1;
    } else if (expected === '?' || expected === name[place]) {
      at += 1;
      place += 1;
    } else if (star !== -1) {
      taken += 1;
      place = taken;
      at = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
