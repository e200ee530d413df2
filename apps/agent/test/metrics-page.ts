import {
  METRIC_GROUPS,
  METRIC_IDS,
  METRICS,
  type Metric,
  type MetricGroup,
  type Unit,
} from '@hostdeck/contracts';

/** What stands under the heading of a group: where the values come from, and when they are not there. */
const SOURCES: Readonly<Record<MetricGroup, string>> = {
  cpu: '`/proc/stat` every tick. Frequency every 10 s from cpufreq (at most 16 clocks, spread evenly), else from `/proc/cpuinfo`.',
  load: '`/proc/loadavg` every 5 s, as often as the kernel works it out.',
  memory:
    '`/proc/meminfo` every tick, what it is used for every 10 s. A pool of huge pages only where one is set up; killed processes, as often as what moves to and from swap, from Linux 4.13 on.',
  swap: '`/proc/meminfo` every tick, `/proc/vmstat` too where there is swap, else every 10 s.',
  pressure: '`/proc/pressure` every tick, where the kernel has it.',
  disk: '`/proc/diskstats` every tick. Whole disks; loop devices, memory disks and partitions only where asked for. The sums are over all physical disks.',
  filesystem:
    'Local filesystems every 10 s; those of the network and of FUSE only where asked for, every 60 s, by a program of their own.',
  network:
    '`/proc/net/dev` every tick, state and speed every 30 s. The sums are over all physical interfaces.',
  tcp: '`/proc/net/snmp` every tick, the rest every 10 s from `sockstat`, `sockstat6` and `netstat`. IPv4 and IPv6 together.',
  udp: 'Every 10 s from `/proc/net/snmp`, `snmp6`, `sockstat` and `sockstat6`.',
  processes: '`/proc/stat` every tick, the number of processes every 10 s.',
  sensor:
    'The kernel’s hardware monitoring every 10 s, and on boards its thermal zones. What can not be (a sensor that is not connected) is unknown.',
  gpu: 'NVIDIA by `nvidia-smi`, AMD and Intel from `/sys/class/drm`, every 10 s. Intel’s tell no load: of theirs it is the share of time they were awake.',
  battery: '`/sys/class/power_supply` every 30 s, all batteries that power the machine together.',
  raid: '`/sys/block/md*/md` every 10 s.',
  smart: '`smartctl` every hour, as root; see [the agent](agent.md#health-of-drives).',
  systemd:
    '`systemctl list-units` every 60 s; what services use is in their control groups. Failed units are named without being chosen.',
  container:
    'Control groups of version 2 or 1 every 10 s; names and stopped ones from Docker or Podman, see [the agent](agent.md#containers).',
  cgroup:
    'The container that the agent itself runs in, every 30 s; everything else is of the host. Only in a container.',
  custom: 'Files that anything on the host writes, see [custom metrics](custom-metrics.md).',
  system: '`/proc/uptime` every 10 s.',
  agent: 'The agent’s own cost, every 10 s.',
};

const UNIT_WORDS: Readonly<Record<Unit, string>> = {
  percent: '%',
  bytes: 'bytes',
  bytes_per_second: 'bytes/s',
  per_second: '/s',
  count: 'count',
  load: 'load',
  seconds: 's',
  milliseconds: 'ms',
  celsius: '°C',
  rpm: 'rpm',
  watts: 'W',
  volts: 'V',
  hertz: 'Hz',
  bits_per_second: 'bit/s',
  flag: '1 or 0',
  number: 'number',
};

/** The page of the documentation that lists every metric, in Markdown; `docs/metrics.md` is this text. */
export function metricsPage(): string {
  const groups = METRIC_GROUPS.map((group) => {
    const rows = METRIC_IDS.map((id) => METRICS[id]).filter((metric) => metric.group === group);
    return `## ${group}\n\n${SOURCES[group]}\n\n${HEADING}\n${rows.map(rowOf).join('\n')}\n`;
  });
  return `${INTRODUCTION}\n${groups.join('\n')}`;
}

const INTRODUCTION = `# Metrics

Every metric, from the catalogue that agent, hub and page share; written by \`node tools/metrics-page.mjs\`, do not edit. Sources are
those of Linux; on macOS and Windows the metrics that \`systeminformation\` tells are there under the same names. A series is there when
the host has the thing: hardware that is missing has no empty rows. What is there and can not be read is unknown, never 0.

*Step* is what values are rounded to, by the agent, so that what is drawn live and what is kept are the same number. Of one kind of
thing at most 64 are watched (512 cores, 200 custom series); where there are more, the agent says so.
`;

const HEADING = '| metric | what | unit | step | per |\n|---|---|---|---|---|';

function rowOf({ id, label, unit, resolution, instance }: Metric): string {
  return `| \`${id}\` | ${label} | ${UNIT_WORDS[unit]} | ${String(resolution)} | ${instance ?? 'host'} |`;
}
