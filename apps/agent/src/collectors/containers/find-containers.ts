import type { CgroupTree } from '../linux/cgroups';

/** A container by its control group. */
export interface FoundContainer {
  /** The id its runtime gave it, 64 hexadecimal digits, or the name of one that has names only (LXC, systemd-nspawn). */
  readonly id: string;
  /** Path of its control group. */
  readonly path: string;
}

/** Names of the groups of containers, as Docker, Podman, containerd, CRI-O, LXC and systemd-nspawn give them. */
const CONTAINERS: readonly RegExp[] = [
  /^(?:docker|libpod|cri-containerd|crio)-([0-9a-f]{64})\.scope$/,
  /^([0-9a-f]{64})$/,
  /^lxc\.payload\.(.+)$/,
  /^systemd-nspawn@(.+)\.service$/,
];
/** Groups that containers lie in. Nothing else is gone into: a host has hundreds of groups. */
const PARENTS =
  /^(system\.slice|machine\.slice|user\.slice|user-\d+\.slice|user@\d+\.service|docker|libpod_parent|libpod_pod_.+|kubepods(-.+)?(\.slice)?|burstable|besteffort|pod[0-9a-f_-]+)$/;
const DEEPEST = 6;
/** Most that are looked at; a host with more is none that is watched container by container. */
const MOST = 1_000;

/** The containers of this host, by the names of their control groups. */
export function findContainers(tree: CgroupTree): FoundContainer[] {
  const found: FoundContainer[] = [];
  const look = (folder: string, depth: number) => {
    for (const name of tree.children(folder)) {
      if (found.length >= MOST) return;
      const path = `${folder}/${name}`;
      const id = idOf(name);
      if (id !== null) found.push({ id, path });
      else if (depth < DEEPEST && PARENTS.test(name)) look(path, depth + 1);
      // Of LXC's older layout, where everything in the folder is a container.
      else if (folder === '/lxc' && tree.has(path)) found.push({ id: name, path });
      else if (folder === '' && name === 'lxc') look('/lxc', depth + 1);
    }
  };
  look('', 0);
  return found;
}

function idOf(name: string): string | null {
  for (const pattern of CONTAINERS) {
    const id = pattern.exec(name)?.[1];
    if (id !== undefined) return id;
  }
  return null;
}
