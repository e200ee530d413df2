import { toDisplayText } from '@hostdeck/contracts';
import type { SampleSink } from '../collector';
import { share } from '../counters';
import type { Mount } from './mounts';

/** What is asked of a filesystem, in blocks and inodes, as statfs(2) has it. */
export interface FilesystemUsage {
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
}

/** Adds the series of one filesystem; `usage` is `null` where it is unknown. */
export function addUsage(sink: SampleSink, mount: Mount, usage: FilesystemUsage | null): void {
  // The kernel's own filesystems have no blocks.
  if (usage?.blocks === 0) return;
  const label = toDisplayText(mount.point);
  const used = usage === null ? null : (usage.blocks - usage.bfree) * usage.bsize;
  const free = usage === null ? null : usage.bavail * usage.bsize;
  sink.add('filesystem.used', label, used);
  sink.add('filesystem.free', label, free);
  // As df: of what an ordinary user could ever use, without the blocks kept for root.
  sink.add(
    'filesystem.used_share',
    label,
    used === null || free === null ? null : share(used, used + free),
  );
  // Some filesystems make inodes as they need them and say 0: their share is unknown.
  sink.add(
    'filesystem.inodes_used',
    label,
    usage === null ? null : share(usage.files - usage.ffree, usage.files),
  );
  sink.add('filesystem.read_only', label, mount.isReadOnly ? 1 : 0);
}
