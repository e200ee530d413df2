import { read, RecordedMachine } from '../../../test/recorded-machine';
import { TcpDetailsCollector, UdpCollector } from './sockets';

const SOCKSTAT =
  'sockets: used 231\nTCP: inuse 7 orphan 2 tw 5 alloc 20 mem 3\nUDP: inuse 4 mem 1\nUDPLITE: inuse 0\n';
const SOCKSTAT6 = 'TCP6: inuse 3\nUDP6: inuse 2\nUDPLITE6: inuse 0\n';

function snmp(tcp: number, udp: number): string {
  return (
    'Ip: Forwarding DefaultTTL\nIp: 1 64\n' +
    'Tcp: ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab RetransSegs InErrs OutRsts\n' +
    `Tcp: ${tcp} ${tcp * 2} ${tcp * 3} 0 6 0 ${tcp * 4} ${tcp * 5}\n` +
    'Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors\n' +
    `Udp: ${udp} ${udp} ${udp} ${udp} ${udp} ${udp}\n` +
    'UdpLite: InDatagrams NoPorts\nUdpLite: 0 0\n'
  );
}

describe('sockets', () => {
  let machine: RecordedMachine;

  function write(tcp: number, udp: number, drops: number): void {
    machine.write('proc/net/snmp', snmp(tcp, udp));
    machine.write(
      'proc/net/snmp6',
      `Ip6InReceives 9\nUdp6InDatagrams   ${udp}\nUdp6NoPorts ${udp}\n`,
    );
    machine.write(
      'proc/net/netstat',
      `TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 0 ${drops} ${drops * 2}\nIpExt: InOctets\nIpExt: 5\n`,
    );
  }

  beforeEach(() => {
    machine = RecordedMachine.of({
      'proc/net/sockstat': SOCKSTAT,
      'proc/net/sockstat6': SOCKSTAT6,
    });
    write(100, 100, 10);
  });
  afterEach(() => machine.dispose());

  it('of TCP are counted by state over both versions of IP, and events per second', async () => {
    const tcp = new TcpDetailsCollector(machine.files);
    expect((await read(tcp, 0)).values['tcp.active_opens']).toBeNull();
    write(120, 100, 14);
    expect((await read(tcp, 10_000)).values).toEqual({
      'tcp.in_use': 10,
      'tcp.time_wait': 5,
      'tcp.orphaned': 2,
      'sockets.used': 231,
      'tcp.active_opens': 2,
      'tcp.passive_opens': 4,
      'tcp.failed_opens': 6,
      'tcp.receive_errors': 8,
      'tcp.resets': 10,
      'tcp.listen_overflows': 0.4,
      'tcp.listen_drops': 0.8,
    });
  });

  it('of UDP are those of both versions of IP', async () => {
    const udp = new UdpCollector(machine.files);
    await read(udp, 0);
    write(100, 150, 10);
    expect((await read(udp, 10_000)).values).toEqual({
      'udp.in_use': 6,
      'udp.receive': 10,
      'udp.transmit': 5,
      'udp.receive_errors': 5,
      'udp.no_port': 10,
      'udp.buffer_errors': 10,
    });
  });

  it('are known on a kernel without IPv6', async () => {
    for (const file of ['sockstat6', 'snmp6']) machine.remove(`proc/net/${file}`);
    expect((await read(new UdpCollector(machine.files), 0)).values['udp.in_use']).toBe(4);
    expect((await read(new TcpDetailsCollector(machine.files), 0)).values['tcp.in_use']).toBe(7);
  });
});
