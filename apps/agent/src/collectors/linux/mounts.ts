/** Filesystems that hold data of this machine. Those of the kernel, of memory, of the network and read-only images are not watched. */
const LOCAL_FILESYSTEMS = new Set(
  (
    'ext2 ext3 ext4 xfs btrfs zfs f2fs bcachefs jfs nilfs2 reiserfs ufs vfat msdos exfat ntfs ntfs3 fuseblk ' +
    'hfs hfsplus apfs virtiofs'
  ).split(' '),
);
/** Filesystems whose subvolumes are mounted with a root of their own. */
const WITH_SUBVOLUMES = new Set(['btrfs', 'bcachefs']);

/** A filesystem by the place it is mounted at. */
export interface Mount {
  readonly point: string;
  readonly type: string;
}

interface Entry extends Mount {
  readonly device: string;
  /** What of the filesystem is mounted: `/` is all of it. */
  readonly root: string;
}

/**
 * The local filesystems of a `/proc/self/mountinfo` (proc_pid_mountinfo(5)), each once, however often it or a part of it is
 * mounted, by the whole one with the shortest path. Sorted by mount point.
 */
export function parseMounts(mountinfo: string): Mount[] {
  const topmost = new Map<string, Entry>();
  for (const line of mountinfo.split('\n')) {
    const entry = parseEntry(line);
    // What is mounted over another thing at the same place hides it; later lines lie on top.
    if (entry !== null) topmost.set(entry.point, entry);
  }
  const byDevice = new Map<string, Entry>();
  for (const entry of topmost.values()) {
    if (!isWatched(entry)) continue;
    const known = byDevice.get(entry.device);
    if (known === undefined || isBetter(entry, known)) byDevice.set(entry.device, entry);
  }
  return [...byDevice.values()]
    .map(({ point, type }) => ({ point, type }))
    .sort((a, b) => (a.point < b.point ? -1 : 1));
}

function parseEntry(line: string): Entry | null {
  const [left, right] = line.split(' - ');
  const [, , device, root, point] = left?.split(' ') ?? [];
  const type = right?.split(' ')[0];
  if (device === undefined || root === undefined || point === undefined || type === undefined) {
    return null;
  }
  return { device, root: unescape(root), point: unescape(point), type };
}

function isWatched({ point, root, type }: Entry): boolean {
  // The root of a container is an overlay; what fills it up is the disk below.
  if (point === '/' && type === 'overlay') return true;
  if (!LOCAL_FILESYSTEMS.has(type)) return false;
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
