import type { Selection } from '@hostdeck/contracts';
import { isSelected } from '../options';
import type { KernelFiles } from './kernel-files';
import type { ProcFile } from './proc-file';

/** Filesystems that the kernel keeps on devices of this machine. */
const LOCAL = words(
  'ext2 ext3 ext4 xfs btrfs zfs f2fs bcachefs jfs nilfs2 reiserfs ufs vfat msdos exfat ntfs ntfs3 hfs hfsplus apfs',
);
/** Data of this machine, served by a program or the hypervisor, which may not answer. */
const SERVED_LOCALLY = words('fuseblk virtiofs');
/** Filesystems of the network; with them goes everything a program serves (FUSE), which mostly is one too. */
const NETWORK = words(
  'nfs nfs4 cifs smb3 smbfs ceph glusterfs 9p afs lustre gpfs beegfs ocfs2 gfs2 davfs coda ncpfs fuse',
);
/** Asking one of these mounts something. */
const NEVER = words('autofs');
/** Filesystems whose subvolumes are mounted with a root of their own. */
const WITH_SUBVOLUMES = words('btrfs bcachefs');

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** A filesystem by the place it is mounted at. */
export interface Mount {
  readonly point: string;
  readonly type: string;
  readonly isReadOnly: boolean;
  /**
   * Whether someone other than this kernel answers for it, or for a filesystem that it is mounted in, and may never do: it must not
   * be asked from within the agent.
   */
  readonly isDistant: boolean;
}

interface Entry extends Mount {
  readonly device: string;
  /** What of the filesystem is mounted: `/` is all of it. */
  readonly root: string;
}

/** Which mounts are wanted. */
export interface MountOptions {
  readonly mounts: Selection;
  /** Whether those of the network are wanted without being named. */
  readonly networkMounts: boolean;
}

/** The watched filesystems, read anew only when something was mounted or other ones are wanted. */
export class MountTable {
  readonly #mountinfo: ProcFile;
  #text = '';
  #options: MountOptions | null = null;
  #mounts: readonly Mount[] = [];

  constructor(files: KernelFiles) {
    this.#mountinfo = files.proc('self/mountinfo');
  }

  /** The filesystems at monotonic time `now`. */
  mounts(now: number, options: MountOptions): readonly Mount[] {
    const text = this.#mountinfo.read(now);
    if (text !== this.#text || options !== this.#options) {
      this.#mounts = parseMounts(text, options);
      this.#text = text;
      this.#options = options;
    }
    return this.#mounts;
  }
}

/**
 * The watched filesystems of a `/proc/self/mountinfo` (proc_pid_mountinfo(5)), each once, however often it or a part of it is
 * mounted, by the whole one with the shortest path. Sorted by mount point. Filesystems of the kernel and of memory, read-only images and
 * those of the network are left out unless asked for.
 */
export function parseMounts(mountinfo: string, options: MountOptions): Mount[] {
  const topmost = new Map<string, Entry>();
  for (const line of mountinfo.split('\n')) {
    const entry = parseEntry(line);
    // What is mounted over another thing at the same place hides it; later lines lie on top.
    if (entry !== null) topmost.set(entry.point, entry);
  }
  const distant = [...topmost.values()]
    .filter(({ isDistant }) => isDistant)
    .map(({ point }) => `${point}/`);
  const byDevice = new Map<string, Entry>();
  for (const entry of topmost.values()) {
    if (!isWatched(entry, options)) continue;
    const known = byDevice.get(entry.device);
    if (known === undefined || isBetter(entry, known)) byDevice.set(entry.device, entry);
  }
  return [...byDevice.values()]
    .map(({ point, type, isReadOnly, isDistant }) => ({
      point,
      type,
      isReadOnly,
      isDistant: isDistant || distant.some((folder) => point.startsWith(folder)),
    }))
    .sort((a, b) => (a.point < b.point ? -1 : 1));
}

function parseEntry(line: string): Entry | null {
  const [left, right] = line.split(' - ');
  const [, , device, root, point] = left?.split(' ') ?? [];
  // What stands in front of the dash is of this mount alone: a service manager shows the agent everything read-only.
  const [type, , flags] = right?.split(' ') ?? [];
  if (device === undefined || root === undefined || point === undefined || type === undefined) {
    return null;
  }
  return {
    device,
    root: unescape(root),
    point: unescape(point),
    type,
    isReadOnly: flags === 'ro' || flags?.startsWith('ro,') === true,
    isDistant: isOfNetwork(type) || SERVED_LOCALLY.has(type),
  };
}

function isOfNetwork(type: string): boolean {
  return NETWORK.has(type) || type.startsWith('fuse.');
}

function isWatched(entry: Entry, { mounts, networkMounts }: MountOptions): boolean {
  if (NEVER.has(entry.type)) return false;
  const byDefault = isOfNetwork(entry.type) ? networkMounts : isLocalData(entry);
  return isSelected(mounts, entry.point, byDefault);
}

function isLocalData({ point, root, type }: Entry): boolean {
  // The root of a container is an overlay; what fills it up is the disk below.
  if (point === '/' && type === 'overlay') return true;
  if (!LOCAL.has(type) && !SERVED_LOCALLY.has(type)) return false;
  // Single files and folders mounted into a container are not its filesystems.
  return root === '/' || point === '/' || WITH_SUBVOLUMES.has(type);
}

function isBetter(entry: Entry, known: Entry): boolean {
  if ((entry.root === '/') !== (known.root === '/')) return entry.root === '/';
  return entry.point.length < known.point.length;
}

/** Blanks, line ends and backslashes stand as three octal digits. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
