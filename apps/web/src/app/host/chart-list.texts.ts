import { inLanguage } from '../language/language';
import { CHART_LIST_DE } from './chart-list.texts.de';

/** In English; other languages have the same keys. */
export const CHART_LIST_EN = {
  titles: {
    cpu: 'CPU',
    cpuModes: 'CPU by mode',
    memory: 'Memory',
    memoryParts: 'Memory by use',
    load: 'Load',
    network: 'Network',
    disk: 'Disk throughput',
    diskBusy: 'Disk busy',
    filesystem: 'Filesystems used',
    pressure: 'Pressure',
    swap: 'Swap',
  },
  lines: {
    busy: 'Busy',
    used: 'Used',
    cached: 'Cached',
    buffers: 'Buffers',
    user: 'User',
    ioWait: 'I/O wait',
    nice: 'Nice',
    interrupts: 'Interrupts',
    system: 'System',
    steal: 'Steal',
    softInterrupts: 'Soft interrupts',
    receive: 'in',
    transmit: 'out',
    read: 'read',
    written: 'written',
    cpuSome: 'CPU, some',
    memorySome: 'Memory, some',
    memoryFull: 'Memory, full',
    ioSome: 'I/O, some',
    ioFull: 'I/O, full',
  },
} as const;

export const CHART_LIST_TEXTS = inLanguage(CHART_LIST_EN, { de: CHART_LIST_DE });
