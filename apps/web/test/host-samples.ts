import type {
  HostCard,
  HostSnapshot,
  HostSummary,
  Layout,
  LiveFrame,
  SeriesAnswer,
} from '@hostdeck/contracts';
import { card, NOW } from './fleet-samples';

export const HOST_ID = 'a'.repeat(32);

const GIB = 1_024 ** 3;

/** A healthy host with 16 GiB of memory. */
export function hostSummary(change: Partial<HostSummary> = {}): HostSummary {
  return {
    id: HOST_ID,
    name: 'db-primary',
    status: 'live',
    tags: ['db'],
    facts: {
      hostname: 'db-primary',
      platform: 'linux',
      os: 'Debian GNU/Linux 12',
      kernel: '6.1.0',
      architecture: 'x64',
      cpuModel: 'EPYC',
      cpuCount: 2,
      memoryTotal: 16 * GIB,
      swapTotal: 0,
      bootId: 'b',
      bootedAt: NOW - 90_000_000,
      model: null,
      virtualization: null,
      agentVersion: '0.1.0',
    },
    lastSeen: NOW,
    dataAge: 0,
    clockOffset: 0,
    interval: 2_000,
    latest: {},
    ...change,
  };
}

export const LAYOUT: Layout = {
  number: 1,
  series: [
    'cpu.busy',
    'memory.used',
    'network.receive_bytes{eth0}',
    'network.transmit_bytes{eth0}',
    'cpu.core.busy{0}',
    'cpu.core.busy{1}',
  ],
};

/** A frame `seconds` after {@link NOW}. */
export function frame(seconds: number, cpu: number | null): LiveFrame {
  return [NOW + seconds * 1_000, [cpu, 4 * GIB, 812_000_000, 1_200, cpu, 3]];
}

/** What the hub answers to somebody who watches the host. */
export function hostSnapshot(cpu: number | null, change: Partial<HostSummary> = {}): HostSnapshot {
  return {
    room: 'host',
    hubTime: NOW,
    host: hostSummary(change),
    layout: LAYOUT,
    last: frame(0, cpu),
  };
}

/** The card that goes with a live frame. */
export function hostCard(): HostCard {
  return { ...card({ name: 'db-primary', tags: ['db'] }), id: HOST_ID };
}

/** A history of `cpu.busy`, a point every two seconds that ends two seconds before {@link NOW}. */
export function cpuHistory(...values: readonly number[]): SeriesAnswer {
  return {
    from: NOW - 600_000,
    to: NOW - 1,
    step: 2_000,
    series: [
      {
        metric: 'cpu.busy',
        instance: null,
        unit: 'percent',
        points: values.map((value, index) => [
          NOW - (values.length - index) * 2_000,
          value,
          value,
          value,
        ]),
      },
    ],
  };
}
