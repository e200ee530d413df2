import { toDisplayText, type AgentSettings, type ProcessIdentity } from '@hostdeck/contracts';
import { commandText } from './command-text';
import type { HostClock } from './host-clock';
import type { ProcessFiles } from './process-files';
import type { ProcessStat } from './process-stat';
import type { UserNames } from './user-names';

const MAX_NAME = 64;

/** What identities are read from, and what may be told of them. */
export interface IdentitySources {
  readonly files: ProcessFiles;
  readonly clock: HostClock;
  readonly users: UserNames;
  /** Settings in force now. */
  readonly settings: () => Pick<AgentSettings, 'processes' | 'commandLines'>;
}

/** The name of a process as it is shown and selected by. */
export function displayName(name: string): string {
  return toDisplayText(name).slice(0, MAX_NAME);
}

/** A process that is to be identified. */
export interface Unidentified {
  readonly pid: number;
  readonly stat: ProcessStat;
  /** Longest piece of its command line that is looked at, bytes, where little of it is wanted: to redact a long one takes a while. */
  readonly commandBytes?: number;
}

/** Reads who a process is. @param now monotonic time of the reading, ms @throws errors of the system */
export function readIdentity(
  { files, clock, users, settings }: IdentitySources,
  { pid, stat, commandBytes }: Unidentified,
  now: number,
): ProcessIdentity {
  const { commandLines } = settings();
  const owner = files.owner(pid);
  return {
    pid,
    started: clock.toEpoch(stat.started, now),
    ppid: stat.ppid,
    name: displayName(stat.name),
    user: owner === null ? null : users.name(owner, now),
    // Not even read when it is not to be sent.
    command:
      commandLines === 'hidden'
        ? null
        : commandText(files.command(pid, commandBytes), commandLines),
  };
}
