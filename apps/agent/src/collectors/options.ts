import type { CollectorName } from '@hostdeck/contracts';

/**
 * Names of mounts, interfaces or disks, as patterns: `*` stands for any run of characters, everything else for itself.
 * What `skip` matches is not watched; what `include` matches is, although it would be left out by default; `skip` wins.
 */
export interface Selection {
  readonly include: readonly string[];
  readonly skip: readonly string[];
}

/** What can be chosen about the collectors while they run. */
export interface CollectorOptions {
  /** Collectors that do not run; left out by whoever runs them. */
  readonly off: readonly CollectorName[];
  /** By mount point. Network and FUSE mounts are left out unless included. */
  readonly mounts: Selection;
  /** By interface name. Loopback and the host's ends of containers' cables are left out unless included. */
  readonly interfaces: Selection;
  /** By device name, as `sda`. Loop devices, memory disks and partitions are left out unless included. */
  readonly disks: Selection;
  /** systemd units watched by name, as `nginx.service`; failed units are seen without being named. */
  readonly services: readonly string[];
}

/**
 * The options in force now. Collectors ask at every reading, so that a change needs no restart and no counter is lost; the object is
 * replaced as a whole, never changed.
 */
export type OptionsSource = () => CollectorOptions;

const EVERYTHING_USUAL: Selection = { include: [], skip: [] };

/** What is watched unless the hub says otherwise. */
export const DEFAULT_COLLECTOR_OPTIONS: CollectorOptions = {
  off: [],
  mounts: EVERYTHING_USUAL,
  interfaces: EVERYTHING_USUAL,
  disks: EVERYTHING_USUAL,
  services: [],
};

/**
 * Whether something of that name is watched.
 *
 * @param byDefault whether it is when no pattern matches
 */
export function isSelected(
  { include, skip }: Selection,
  name: string,
  byDefault: boolean,
): boolean {
  if (skip.some((pattern) => matchesPattern(pattern, name))) return false;
  return byDefault || include.some((pattern) => matchesPattern(pattern, name));
}

/** Whether `name` as a whole is what the pattern describes; takes linear time whatever the pattern. */
export function matchesPattern(pattern: string, name: string): boolean {
  const [start = '', ...middle] = pattern.split('*');
  const end = middle.pop();
  if (end === undefined) return pattern === name;
  if (!name.startsWith(start)) return false;
  let at = start.length;
  for (const part of middle) {
    // The first place leaves the most for what follows, so no other needs to be tried.
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - end.length >= at && name.endsWith(end);
}
