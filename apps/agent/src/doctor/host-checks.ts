import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { Programs } from '../collectors/programs/programs';
import { errorCode } from '../log/error-code';
import { errorText } from '../log/error-text';
import { DEFAULT_SPOOL_BYTES } from '../outbox/disk-outbox';
import { ProcessFiles } from '../processes/process-files';
import { prepareStateDir } from '../state/enrollment-state';
import { about, type Finding } from './finding';

const MIB = 1024 * 1024;
const SOCKETS = ['/run/docker.sock', '/run/podman/podman.sock'] as const;

/** Looks whether the agent can keep what it must. */
export async function checkState(stateDir: string): Promise<Finding[]> {
  const state = about('state');
  try {
    await prepareStateDir(stateDir);
  } catch (error) {
    return [
      state.fail(
        errorText(error),
        'run the agent as the user that owns it, or set HOSTDECK_STATE_DIR to a folder it may write to',
      ),
    ];
  }
  return [state.ok(`${stateDir} can be written to`), checkSpace(stateDir)];
}

function checkSpace(stateDir: string): Finding {
  const space = about('disk space');
  const { bavail, bsize } = statfsSync(stateDir);
  const free = bavail * bsize;
  const text = `${Math.floor(free / MIB)} MiB free for the outbox`;
  return free >= 2 * DEFAULT_SPOOL_BYTES
    ? space.ok(text)
    : space.warn(
        text,
        `make room: while the hub is away, frames take up to ${DEFAULT_SPOOL_BYTES / MIB} MiB`,
      );
}

/** Looks at what Linux lets the agent see. */
export function checkLinux(): Finding[] {
  return [
    checkProcesses(),
    checkControlGroups(),
    existsSync('/proc/pressure/cpu')
      ? about('pressure').ok('the kernel tells it')
      : about('pressure').warn(
          'this kernel does not tell it: the charts of pressure stay empty',
          'boot with psi=1, where the kernel has CONFIG_PSI',
        ),
    ...SOCKETS.filter((path) => existsSync(path)).map(checkSocket),
    checkServiceManager(),
    ...checkPrograms(),
  ];
}

function checkProcesses(): Finding {
  const processes = about('processes');
  const files = new ProcessFiles('/proc');
  try {
    const count = files.pids().length;
    if (files.isRestricted) {
      return processes.warn(
        `only those of this user can be seen (${count})`,
        '/proc is mounted with hidepid: run the agent in the group that its gid= names, or as root',
      );
    }
    if (files.transfer(1) === null) {
      return processes.warn(
        `${count}; transfers and open files of other users can not be seen`,
        'run the agent as root, or with the capability CAP_SYS_PTRACE, if these matter',
      );
    }
    return processes.ok(`${count}, with everything there is to know of them`);
  } catch (error) {
    return processes.fail(
      `/proc can not be read: ${errorText(error)}`,
      'mount it: nothing is known of this machine without it',
    );
  }
}

function checkControlGroups(): Finding {
  const groups = about('cgroups');
  if (existsSync('/sys/fs/cgroup/cgroup.controllers')) return groups.ok('version 2');
  if (existsSync('/sys/fs/cgroup/memory')) return groups.ok('version 1');
  return groups.warn('not mounted: containers are not seen', 'mount /sys/fs/cgroup');
}

function checkSocket(path: string): Finding {
  const containers = about('containers');
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return containers.ok(`${path} can be asked for the names of containers`);
  } catch (error) {
    return containers.warn(
      `${path} can not be asked: ${errorCode(error) ?? errorText(error)}`,
      'containers are called by their ids; for names, add the user of the agent to the group of the socket, which gives it the rights of root',
    );
  }
}

function checkServiceManager(): Finding {
  const service = about('service');
  if (!existsSync('/run/systemd/system')) {
    return service.warn(
      'no systemd is running here',
      'have your own service manager start: hostdeck-agent run',
    );
  }
  return existsSync(join('/etc/systemd/system', 'hostdeck-agent.service'))
    ? service.ok('installed as hostdeck-agent.service')
    : service.warn('not installed', 'hostdeck-agent install has it started at every boot');
}

function checkPrograms(): Finding[] {
  const programs = new Programs();
  const isInstalled = (name: string) => programs.find(name, 0) !== null;
  const findings: Finding[] = [];
  if (existsSync('/proc/driver/nvidia')) {
    findings.push(
      isInstalled('nvidia-smi')
        ? about('gpu').ok('nvidia-smi is installed')
        : about('gpu').warn('there is an NVIDIA GPU, and no nvidia-smi', 'install nvidia-utils'),
    );
  }
  const drives = about('drives');
  if (!isInstalled('smartctl')) {
    findings.push(drives.warn('their health is not known', 'install smartmontools'));
  } else if (process.getuid?.() !== 0) {
    findings.push(
      drives.warn('their health is not known', 'smartctl needs root: run the agent so'),
    );
  } else {
    findings.push(drives.ok('smartctl is installed'));
  }
  return findings;
}
