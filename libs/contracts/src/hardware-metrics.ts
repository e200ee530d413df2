/** Rows of the metric catalogue: sensors, GPUs, batteries, drives. */
import { BYTES, CELSIUS, COUNT, FLAG, group, HERTZ, PERCENT, SECONDS, WATTS } from './metric';

export const HARDWARE_METRICS = {
  ...group('sensor', { ...CELSIUS, instance: 'sensor' }, { 'sensor.temperature': 'Temperature' }),
  ...group(
    'sensor',
    { unit: 'rpm', resolution: 1, instance: 'sensor', extreme: 'both' },
    { 'sensor.fan': 'Fan speed' },
  ),
  ...group(
    'sensor',
    { unit: 'volts', resolution: 0.001, instance: 'sensor', extreme: 'both' },
    { 'sensor.voltage': 'Voltage' },
  ),
  ...group('sensor', { ...WATTS, instance: 'sensor' }, { 'sensor.power': 'Power' }),
  ...group(
    'gpu',
    { ...PERCENT, instance: 'gpu' },
    {
      'gpu.busy': 'GPU busy',
      'gpu.awake': 'GPU awake, share of time',
      'gpu.memory_used_share': 'GPU memory used, share',
      'gpu.fan': 'GPU fan',
    },
  ),
  ...group('gpu', { ...BYTES, instance: 'gpu' }, { 'gpu.memory_used': 'GPU memory used' }),
  ...group('gpu', { ...CELSIUS, instance: 'gpu' }, { 'gpu.temperature': 'GPU temperature' }),
  ...group('gpu', { ...WATTS, instance: 'gpu' }, { 'gpu.power': 'GPU power' }),
  ...group('gpu', { ...HERTZ, instance: 'gpu' }, { 'gpu.frequency': 'GPU frequency' }),
  ...group(
    'battery',
    { ...PERCENT, extreme: 'min' },
    {
      'battery.level': 'Battery level',
      'battery.health': 'Battery capacity left of its design',
    },
  ),
  ...group('battery', FLAG, { 'battery.discharging': 'Running on battery' }),
  ...group('battery', WATTS, { 'battery.power': 'Battery power' }),
  ...group('battery', { ...SECONDS, extreme: 'min' }, { 'battery.time_left': 'Battery time left' }),
  ...group('battery', COUNT, { 'battery.cycles': 'Battery cycles' }),
  ...group(
    'raid',
    { ...COUNT, instance: 'array' },
    { 'raid.devices': 'RAID devices', 'raid.missing': 'RAID devices missing' },
  ),
  ...group(
    'raid',
    { ...PERCENT, instance: 'array', extreme: 'min' },
    { 'raid.sync': 'RAID rebuild or check done' },
  ),
  ...group(
    'smart',
    { ...FLAG, instance: 'drive', extreme: 'min' },
    { 'smart.healthy': 'Drive health passed' },
  ),
  ...group(
    'smart',
    { ...CELSIUS, instance: 'drive' },
    { 'smart.temperature': 'Drive temperature' },
  ),
  ...group(
    'smart',
    { unit: 'seconds', resolution: 3_600, instance: 'drive' },
    { 'smart.powered_on': 'Drive powered on for' },
  ),
  ...group(
    'smart',
    { ...COUNT, instance: 'drive' },
    {
      'smart.reallocated': 'Drive sectors reallocated',
      'smart.pending': 'Drive sectors pending',
      'smart.uncorrectable': 'Drive sectors uncorrectable',
      'smart.media_errors': 'Drive media errors',
    },
  ),
  ...group('smart', { ...PERCENT, instance: 'drive' }, { 'smart.wear': 'Drive life used' }),
  ...group(
    'smart',
    { ...PERCENT, instance: 'drive', extreme: 'min' },
    { 'smart.spare': 'Drive spare left' },
  ),
} as const;
