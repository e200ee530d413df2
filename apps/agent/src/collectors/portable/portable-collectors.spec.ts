import { read } from '../../../test/recorded-machine';
import type { Collector } from '../collector';
import { portableCollectors, type SystemSource } from './portable-collectors';

/** What `systeminformation` said on a notebook, cut to what is used. */
function recorded(bytesNow: () => number = () => 0): SystemSource {
  const answer = <Value>(value: unknown) => Promise.resolve(value as Value);
  return {
    currentLoad: () =>
      answer({
        currentLoad: 12.5,
        currentLoadUser: 8,
        currentLoadSystem: 4.5,
        currentLoadNice: 0,
        currentLoadIrq: 0,
        cpus: [{ load: 20 }, { load: 5 }],
      }),
    mem: () =>
      answer({ total: 1000, available: 250, cached: 100, buffers: 0, swapused: 7, swaptotal: 10 }),
    fsSize: () =>
      answer([
        { mount: '/', type: 'APFS', size: 100, used: 60, available: 30 },
        { mount: '/Volumes/share', type: 'smbfs', size: 100, used: 60, available: 30 },
      ]),
    networkStats: () =>
      answer([
        { iface: 'en0', rx_bytes: bytesNow(), tx_bytes: bytesNow(), rx_errors: 0, tx_errors: 0 },
        { iface: 'lo0', rx_bytes: bytesNow(), tx_bytes: bytesNow(), rx_errors: 0, tx_errors: 0 },
      ]),
    disksIO: () => answer(null),
  };
}

function find(collectors: readonly Collector[], name: string): Collector {
  const found = collectors.find((collector) => collector.name === name);
  if (found === undefined) throw new Error(`no collector ${name}`);
  return found;
}

describe('the portable collectors', () => {
  const collectors = portableCollectors(recorded());

  it('read processors and memory', async () => {
    expect((await read(find(collectors, 'cpu'), 0)).values).toEqual({
      'cpu.busy': 12.5,
      'cpu.user': 8,
      'cpu.system': 4.5,
      'cpu.nice': 0,
      'cpu.irq': 0,
      'cpu.core.busy{0}': 20,
      'cpu.core.busy{1}': 5,
    });
    expect((await read(find(collectors, 'memory'), 0)).values).toMatchObject({
      'memory.used': 750,
      'memory.used_share': 75,
      'swap.used': 7,
    });
  });

  it('read local filesystems as df counts', async () => {
    expect((await read(find(collectors, 'filesystem'), 0)).values).toEqual({
      'filesystem.used{/}': 60,
      'filesystem.free{/}': 30,
      'filesystem.used_share{/}': (60 / 90) * 100,
    });
  });

  it('make rates of counters, without the loopback', async () => {
    let bytes = 0;
    const network = find(portableCollectors(recorded(() => bytes)), 'network');
    expect((await read(network, 0)).values['network.receive_bytes{en0}']).toBeNull();
    bytes = 500;
    const { values } = await read(network, 2_000);
    expect(values['network.receive_bytes{en0}']).toBe(250);
    expect(values['network.total.transmit_bytes']).toBe(250);
    expect(values).not.toHaveProperty(['network.receive_bytes{lo0}']);
  });

  it('have no disks where the system does not tell', async () => {
    expect((await read(find(collectors, 'disk'), 0)).values).toEqual({});
  });
});
