import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAbsent } from '../collectors/linux/proc-file';
import { numberAfter } from '../collectors/linux/fields';
import { errorCode } from '../log/error-code';
import type { Inventory } from './inventory';

/** Where the kernel and the distribution say what a machine is: `/`, or a recorded tree. */
export interface FactRoots {
  readonly proc: string;
  readonly sys: string;
  /** The root of the filesystem, for `/etc/os-release` and the marks of containers. */
  readonly root: string;
}

/** What Linux itself tells about the machine without starting a program. */
export interface LinuxFacts extends Inventory {
  readonly cpuCount: number | null;
  readonly memoryTotal: number | null;
  readonly swapTotal: number | null;
  readonly bootId: string | null;
  /** Ms since the epoch. */
  readonly bootedAt: number | null;
}

/** Reads the facts; what can not be read is `null`. */
export function readLinuxFacts({ proc, sys, root }: FactRoots): LinuxFacts {
  const cpuinfo = readText(join(proc, 'cpuinfo')) ?? '';
  const meminfo = readText(join(proc, 'meminfo')) ?? '';
  const stat = readText(join(proc, 'stat')) ?? '';
  const bootedAt = numberAfter(stat, 'btime ');
  const kibibytes = (name: string) => {
    const value = numberAfter(meminfo, `${name}:`);
    return value === null ? null : value * 1024;
  };
  return {
    os: osName(root),
    cpuModel: /^model name\s*:\s*(\S.*)$/m.exec(cpuinfo)?.[1]?.replace(/\s+/g, ' ') ?? null,
    cpuCount: cpuinfo.match(/^processor\s*:/gm)?.length ?? null,
    memoryTotal: kibibytes('MemTotal'),
    swapTotal: kibibytes('SwapTotal'),
    bootId: readText(join(proc, 'sys/kernel/random/boot_id')),
    bootedAt: bootedAt === null ? null : bootedAt * 1000,
    model: machineModel(proc, sys),
    virtualization: containerKind(proc, root) ?? hypervisor(sys, cpuinfo),
  };
}

/** `PRETTY_NAME` of os-release(5). */
function osName(root: string): string | null {
  const text = readText(join(root, 'etc/os-release')) ?? readText(join(root, 'usr/lib/os-release'));
  const value = /^PRETTY_NAME=(.*)$/m.exec(text ?? '')?.[1];
  return value === undefined ? null : value.replace(/^(["'])(.*)\1$/, '$2');
}

/** Vendor and product from the firmware: SMBIOS on PCs, the device tree on boards. */
function machineModel(proc: string, sys: string): string | null {
  const words = ['sys_vendor', 'product_name']
    .map((name) => readText(join(sys, 'class/dmi/id', name)))
    .filter((word) => word !== null && word !== '' && !/to be filled|default string/i.test(word));
  if (words.length > 0) return words.join(' ');
  // Strings of a device tree end with NUL.
  return readText(join(proc, 'device-tree/model'))?.replaceAll('\0', '') ?? null;
}

/** The kind of container this runs in, `null` where it is none, by the marks that systemd-detect-virt goes by. */
export function containerKind(proc: string, root: string): string | null {
  if (existsSync(join(root, '.dockerenv'))) return 'docker';
  if (existsSync(join(root, 'run/.containerenv'))) return 'podman';
  const named = /(?:^|\0)container=([^\0]+)/.exec(readText(join(proc, '1/environ')) ?? '')?.[1];
  return named ?? readText(join(root, 'run/systemd/container'));
}

const VENDORS: readonly (readonly [RegExp, string])[] = [
  [/qemu|kvm|proxmox|openstack/i, 'kvm'],
  [/amazon ec2/i, 'amazon'],
  [/google/i, 'google'],
  [/vmware/i, 'vmware'],
  [/virtualbox|innotek/i, 'virtualbox'],
  [/microsoft corporation virtual|hyper-v/i, 'hyper-v'],
  [/xen/i, 'xen'],
  [/parallels/i, 'parallels'],
];

/** The hypervisor, `none` on bare metal, `null` where it can not be told. */
function hypervisor(sys: string, cpuinfo: string): string | null {
  const xen = readText(join(sys, 'hypervisor/type'));
  if (xen !== null && xen !== '') return xen;
  const firmware = ['sys_vendor', 'product_name', 'bios_vendor']
    .map((name) => readText(join(sys, 'class/dmi/id', name)) ?? '')
    .join(' ');
  const isVirtual = /^flags\s*:.*\bhypervisor\b/m.test(cpuinfo);
  const known = VENDORS.find(([pattern]) => pattern.test(firmware))?.[1];
  if (isVirtual) return known ?? null;
  // Only x86 has the flag: elsewhere its absence says nothing.
  return /^flags\s*:/m.test(cpuinfo) ? 'none' : (known ?? null);
}

/** A small file, trimmed; `null` when it is not there, not for us to read, or not readable where it is. */
function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (isAbsent(error) || isRefused(error)) return null;
    throw error;
  }
}

const REFUSED: readonly (string | null)[] = ['EACCES', 'EPERM', 'EISDIR'];

function isRefused(error: unknown): boolean {
  return REFUSED.includes(errorCode(error));
}
