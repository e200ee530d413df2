import { read, RecordedMachine } from '../../../test/recorded-machine';
import { DEFAULT_COLLECTOR_OPTIONS } from '../options';
import { NetworkCollector } from './network';
import { NetworkLinkCollector } from './network-link';
import { TcpCollector } from './tcp';

const HEADING = 'Inter-|   Receive  |  Transmit\n face |bytes packets errs |bytes packets\n';

/** A line of `/proc/net/dev`: received and sent bytes, errors and drops. */
function line(name: string, bytes: number, troubles = 0): string {
  const half = `${bytes} 1 ${troubles} ${troubles} 0 0 0 0`;
  return `${name}: ${half} ${half}\n`;
}

describe('network', () => {
  let machine: RecordedMachine;
  let network: NetworkCollector;

  beforeEach(() => {
    machine = RecordedMachine.smallVm();
    network = new NetworkCollector(machine.files);
  });
  afterEach(() => machine.dispose());

  it('reads the recording, without the loopback', async () => {
    expect((await read(network, 0)).values['network.receive_bytes{eth0}']).toBeNull();
    machine.load('second');
    const { values } = await read(network, 7000);
    expect(values['network.receive_bytes{eth0}']).toBeCloseTo(82_955_033 / 7, 6);
    expect(values['network.transmit_bytes{eth0}']).toBeCloseTo(372_718 / 7, 6);
    expect(values['network.total.receive_bytes']).toBe(values['network.receive_bytes{eth0}']);
    expect(Object.keys(values).filter((key) => /\{(lo|ifb)/.test(key))).toEqual([]);
  });

  it('tells errors and drops apart', async () => {
    machine.write('proc/net/dev', `${HEADING}eth0: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n`);
    await read(network, 0);
    machine.write('proc/net/dev', `${HEADING}eth0: 0 0 1 2 0 0 0 0 0 0 3 4 0 0 0 0\n`);
    expect((await read(network, 1000)).values).toMatchObject({
      'network.receive_errors{eth0}': 1,
      'network.receive_drops{eth0}': 2,
      'network.transmit_errors{eth0}': 3,
      'network.transmit_drops{eth0}': 4,
    });
  });

  it('counts packets', async () => {
    machine.write('proc/net/dev', `${HEADING}eth0: 0 10 0 0 0 0 0 0 0 20 0 0 0 0 0 0\n`);
    await read(network, 0);
    machine.write('proc/net/dev', `${HEADING}eth0: 0 30 0 0 0 0 0 0 0 25 0 0 0 0 0 0\n`);
    expect((await read(network, 1000)).values).toMatchObject({
      'network.receive_packets{eth0}': 20,
      'network.transmit_packets{eth0}': 5,
    });
  });

  it('watches so many of 500, says so, and sums all', async () => {
    const names = [...Array(500).keys()].map((number) => `eth${number}`);
    for (const name of names) machine.write(`sys/class/net/${name}/device`, '');
    const dev = (bytes: number) => HEADING + names.map((name) => line(name, bytes)).join('');
    machine.write('proc/net/dev', dev(0));
    await read(network, 0);
    machine.write('proc/net/dev', dev(10));
    const { values, warnings } = await read(network, 1000);
    expect(Object.keys(values).filter((key) => key.includes('receive_bytes{'))).toHaveLength(64);
    expect(values['network.total.receive_bytes']).toBe(5_000);
    expect(warnings).toEqual(['500 network interfaces, of which the first 64 are watched']);
  });

  it('has what was asked for by name', async () => {
    const chosen = new NetworkCollector(machine.files, () => ({
      ...DEFAULT_COLLECTOR_OPTIONS,
      interfaces: { include: ['lo', 'veth?a'], skip: [] },
    }));
    const dev = ['lo', 'eth0', 'veth1a', 'veth1b'].map((name) => line(name, 1)).join('');
    machine.write('proc/net/dev', HEADING + dev);
    const { values } = await read(chosen, 0);
    expect(Object.keys(values).filter((key) => key.includes('receive_bytes{'))).toEqual([
      'network.receive_bytes{lo}',
      'network.receive_bytes{veth1a}',
    ]);
  });

  it('sums the physical interfaces and leaves out ends of containers', async () => {
    const dev = (bytes: number) =>
      HEADING + ['eth0', 'docker0', 'veth1a2b', 'wg0'].map((name) => line(name, bytes)).join('');
    machine.write('proc/net/dev', dev(0));
    await read(network, 0);
    machine.write('proc/net/dev', dev(100));
    const { values } = await read(network, 1000);
    expect(values['network.total.receive_bytes']).toBe(100);
    expect(values['network.receive_bytes{docker0}']).toBe(100);
    expect(values).not.toHaveProperty(['network.receive_bytes{veth1a2b}']);
  });

  it('sums what there is in a container, where nothing is physical', async () => {
    machine.remove('sys/class/net/eth0/device');
    machine.write('proc/net/dev', HEADING + line('eth0', 0) + line('tun0', 0));
    await read(network, 0);
    machine.write('proc/net/dev', HEADING + line('eth0', 300) + line('tun0', 300));
    expect((await read(network, 1000)).values['network.total.receive_bytes']).toBe(300);
  });

  it('gives unknown for a counter that wrapped, and nothing else', async () => {
    machine.write('proc/net/dev', HEADING + line('eth0', 4_294_967_290));
    await read(network, 0);
    machine.write('proc/net/dev', HEADING + line('eth0', 10));
    const { values } = await read(network, 1000);
    expect(values['network.receive_bytes{eth0}']).toBeNull();
    expect(values['network.receive_errors{eth0}']).toBe(0);
    expect(values['network.total.receive_bytes']).toBeNull();
  });

  it('makes a name with marks in it safe to show', async () => {
    machine.write('proc/net/dev', HEADING + line('eth\u202e0', 1));
    expect((await read(network, 0)).values).toHaveProperty(['network.receive_bytes{eth\ufffd0}']);
  });
});

describe('network links', () => {
  it('have a state and a speed where they tell them, and stay when the cable is pulled', async () => {
    const machine = RecordedMachine.of({
      'proc/net/dev': HEADING + ['eth0', 'wlan0', 'tun0'].map((name) => line(name, 1)).join(''),
      'sys/class/net/eth0/operstate': 'up\n',
      'sys/class/net/eth0/speed': '1000\n',
      'sys/class/net/wlan0/operstate': 'down\n',
      'sys/class/net/tun0/operstate': 'unknown\n',
      'sys/class/net/tun0/speed': '-1\n',
    });
    const links = new NetworkLinkCollector(machine.files);
    expect((await read(links, 0)).values).toEqual({
      'network.link_up{eth0}': 1,
      'network.link_speed{eth0}': 1e9,
      'network.link_up{wlan0}': 0,
    });
    machine.write('sys/class/net/eth0/operstate', 'down\n');
    machine.write('sys/class/net/eth0/speed', '-1\n');
    expect((await read(links, 10_000)).values).toMatchObject({
      'network.link_up{eth0}': 0,
      'network.link_speed{eth0}': null,
    });
    machine.dispose();
  });
});

describe('TCP', () => {
  it('finds its numbers by their names', async () => {
    const machine = RecordedMachine.smallVm();
    const tcp = new TcpCollector(machine.files);
    const snmp = (established: number, retransmitted: number) =>
      `Ip: Forwarding\nIp: 1\nTcp: RtoMin RetransSegs CurrEstab\nTcp: 200 ${retransmitted} ${established}\n`;
    machine.write('proc/net/snmp', snmp(7, 100));
    expect((await read(tcp, 0)).values).toEqual({ 'tcp.established': 7, 'tcp.retransmits': null });
    machine.write('proc/net/snmp', snmp(9, 105));
    expect((await read(tcp, 2000)).values).toEqual({
      'tcp.established': 9,
      'tcp.retransmits': 2.5,
    });
    machine.dispose();
  });
});
