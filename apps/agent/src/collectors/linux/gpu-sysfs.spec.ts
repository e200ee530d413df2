import { read, RecordedMachine } from '../../../test/recorded-machine';
import { SysfsGpuCollector } from './gpu-sysfs';

const AMD = {
  'sys/class/drm/card1/device/vendor': '0x1002\n',
  'sys/class/drm/card1/device/power/runtime_status': 'active\n',
  'sys/class/drm/card1/device/gpu_busy_percent': '37\n',
  'sys/class/drm/card1/device/mem_info_vram_used': '2147483648\n',
  'sys/class/drm/card1/device/mem_info_vram_total': '8589934592\n',
  'sys/class/drm/card1/device/hwmon/hwmon4/temp1_input': '61000\n',
  'sys/class/drm/card1/device/hwmon/hwmon4/power1_average': '112000000\n',
  'sys/class/drm/card1/device/hwmon/hwmon4/pwm1': '102\n',
  'sys/class/drm/card1/device/hwmon/hwmon4/freq1_input': '2410000000\n',
  'sys/class/drm/card1-DP-1/status': 'connected\n',
};

describe("GPUs in /sys, AMD's", () => {
  it('are read as their driver shows them', async () => {
    const machine = RecordedMachine.of(AMD);
    expect((await read(new SysfsGpuCollector(machine.files), 0)).values).toEqual({
      'gpu.busy{AMD card1}': 37,
      'gpu.memory_used{AMD card1}': 2_147_483_648,
      'gpu.memory_used_share{AMD card1}': 25,
      'gpu.temperature{AMD card1}': 61,
      'gpu.power{AMD card1}': 112,
      'gpu.fan{AMD card1}': 40,
      'gpu.frequency{AMD card1}': 2.41e9,
    });
    machine.dispose();
  });

  it('are not woken up to be read', async () => {
    const machine = RecordedMachine.of(AMD);
    machine.write('sys/class/drm/card1/device/power/runtime_status', 'suspended\n');
    const { values } = await read(new SysfsGpuCollector(machine.files), 0);
    expect(new Set(Object.values(values))).toEqual(new Set([null]));
    machine.dispose();
  });
});

describe("GPUs in /sys, Intel's", () => {
  it.each([
    ['i915', 'gt/gt0/rc6_residency_ms', 'gt/gt0/rps_act_freq_mhz'],
    ['i915 of an older kernel', 'power/rc6_residency_ms', 'gt_act_freq_mhz'],
    ['xe', 'device/tile0/gt0/gtidle/idle_residency_ms', 'device/tile0/gt0/freq0/act_freq'],
  ])('by %s tell how long they were awake', async (_, asleep, frequency) => {
    const card = 'sys/class/drm/card0';
    const machine = RecordedMachine.of({
      [`${card}/device/vendor`]: '0x8086\n',
      [`${card}/${asleep}`]: '100000\n',
      [`${card}/${frequency}`]: '1150\n',
      [`${card}/device/hwmon/hwmon2/energy1_input`]: '5000000\n',
    });
    const gpus = new SysfsGpuCollector(machine.files);
    await read(gpus, 0);
    machine.write(`${card}/${asleep}`, '107500\n');
    machine.write(`${card}/device/hwmon/hwmon2/energy1_input`, '255000000\n');
    expect((await read(gpus, 10_000)).values).toEqual({
      'gpu.awake{Intel card0}': 25,
      'gpu.power{Intel card0}': 25,
      'gpu.frequency{Intel card0}': 1.15e9,
    });
    machine.dispose();
  });

  it('and other cards that tell nothing have no series', async () => {
    const machine = RecordedMachine.of({
      'sys/class/drm/card0/device/vendor': '0x1af4\n',
      'sys/class/drm/card1/device/vendor': '0x1002\n',
    });
    expect((await read(new SysfsGpuCollector(machine.files), 0)).values).toEqual({});
    machine.dispose();
  });
});
