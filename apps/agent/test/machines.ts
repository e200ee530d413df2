/** Trees of `/proc` and `/sys` as machines of different kinds have them, cut to what is read. */

type Files = Readonly<Record<string, string>>;

/** What every Linux has. */
function common(cores: number, disks: readonly string[]): Files {
  const stat = [...Array(cores).keys()].map((core) => `cpu${core} 10 0 5 80 5 0 0 0 0 0`);
  const diskstats = disks.map((name) => ` 259 0 ${name} ${'7 '.repeat(17)}`);
  return {
    'proc/stat': `cpu  10 0 5 80 5 0 0 0 0 0\n${stat.join('\n')}\nintr 5 1\nctxt 9\nbtime 1700000000\nprocesses 3\nprocs_running 1\nprocs_blocked 0\n`,
    'proc/loadavg': '0.50 0.40 0.30 1/200 999\n',
    'proc/uptime': '1000.00 2000.00\n',
    'proc/meminfo':
      'MemTotal: 8000 kB\nMemFree: 1000 kB\nMemAvailable: 4000 kB\nBuffers: 10 kB\nCached: 200 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\nSlab: 30 kB\nHugePages_Total: 0\n',
    'proc/vmstat': 'pswpin 0\npswpout 0\noom_kill 0\n',
    'proc/diskstats': `${diskstats.join('\n')}\n`,
    'proc/self/mountinfo': '27 1 254:0 / / rw - ext4 /dev/root rw\n',
    'proc/net/dev': `Inter-| Receive | Transmit\n face |bytes\n    lo: ${'0 '.repeat(16)}\n  eth0: ${'5 '.repeat(16)}\n`,
    'proc/net/snmp':
      'Tcp: ActiveOpens CurrEstab RetransSegs\nTcp: 1 2 3\nUdp: InDatagrams\nUdp: 4\n',
    'proc/net/sockstat':
      'sockets: used 10\nTCP: inuse 1 orphan 0 tw 0 alloc 1 mem 1\nUDP: inuse 1 mem 1\n',
    'sys/class/net/eth0/device/vendor': '0x8086\n',
    'sys/class/net/eth0/operstate': 'up\n',
    'sys/class/net/eth0/speed': '1000\n',
    ...Object.fromEntries(disks.map((name) => [`sys/block/${name}/size`, '1000\n'])),
    // RAID lies on others and is no device of its own.
    ...Object.fromEntries(
      disks
        .filter((name) => !name.startsWith('md'))
        .map((name) => [`sys/block/${name}/device/model`, 'X\n']),
    ),
  };
}

const CONTAINER = `sys/fs/cgroup/system.slice/docker-${'d'.repeat(64)}.scope`;

/** A server: 128 cores, NVMe, a degraded RAID, a container, version 2 of control groups, a kernel without PSI. */
export const SERVER: Files = {
  ...common(128, ['nvme0n1', 'nvme1n1', 'md0']),
  'sys/block/md0/md/array_state': 'clean\n',
  'sys/block/md0/md/raid_disks': '2\n',
  'sys/block/md0/md/degraded': '1\n',
  'sys/fs/cgroup/cgroup.controllers': 'cpu io memory pids\n',
  [`${CONTAINER}/cgroup.procs`]: '\n',
  [`${CONTAINER}/cpu.stat`]: 'usage_usec 5\nthrottled_usec 0\n',
  [`${CONTAINER}/memory.current`]: '1000\n',
  [`${CONTAINER}/memory.max`]: 'max\n',
  [`${CONTAINER}/pids.current`]: '1\n',
};

/** A notebook: a battery, chips with sensors, Intel's GPU, PSI. */
export const NOTEBOOK: Files = {
  ...common(8, ['nvme0n1']),
  'proc/pressure/cpu': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n',
  'proc/pressure/memory': 'some total=1\nfull total=1\n',
  'proc/pressure/io': 'some total=1\nfull total=1\n',
  'sys/class/power_supply/BAT0/type': 'Battery\n',
  'sys/class/power_supply/BAT0/status': 'Discharging\n',
  'sys/class/power_supply/BAT0/energy_now': '20000000\n',
  'sys/class/power_supply/BAT0/energy_full': '40000000\n',
  'sys/class/power_supply/BAT0/power_now': '8000000\n',
  'sys/class/hwmon/hwmon0/name': 'coretemp\n',
  'sys/class/hwmon/hwmon0/temp1_input': '52000\n',
  'sys/class/hwmon/hwmon1/name': 'thinkpad\n',
  'sys/class/hwmon/hwmon1/fan1_input': '2400\n',
  'sys/class/drm/card0/device/vendor': '0x8086\n',
  'sys/class/drm/card0/gt_act_freq_mhz': '300\n',
  'sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq': '2100000\n',
  'sys/devices/system/cpu/cpufreq/policy0/affected_cpus': '0\n',
};

/** An ARM board: a memory card, one clock for all cores, a thermal zone and no chips, no DMI, version 1 of control groups. */
export const BOARD: Files = {
  ...common(4, ['mmcblk0', 'mmcblk0boot0']),
  'proc/cpuinfo': 'processor\t: 0\nBogoMIPS\t: 108.00\nFeatures\t: fp asimd\nCPU part\t: 0xd0b\n',
  'proc/device-tree/model': 'Raspberry Pi 5 Model B Rev 1.0\0',
  'sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq': '2400000\n',
  'sys/devices/system/cpu/cpufreq/policy0/affected_cpus': '0 1 2 3\n',
  'sys/class/thermal/thermal_zone0/type': 'cpu-thermal\n',
  'sys/class/thermal/thermal_zone0/temp': '47200\n',
  'sys/fs/cgroup/memory/cgroup.procs': '1\n',
};
