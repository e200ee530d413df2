import { RecordedMachine } from '../../test/recorded-machine';
import { readLinuxFacts } from './linux-facts';

describe('the facts of a Linux host', () => {
  let machine: RecordedMachine;
  const facts = () =>
    readLinuxFacts({
      proc: `${machine.root}/proc`,
      sys: `${machine.root}/sys`,
      root: machine.root,
    });

  beforeEach(() => {
    machine = RecordedMachine.smallVm();
  });
  afterEach(() => machine.dispose());

  it('are read from where the kernel and the distribution say them', () => {
    machine.write(
      'etc/os-release',
      'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
    );
    machine.write('proc/sys/kernel/random/boot_id', 'b00t-1d\n');
    const cpu = 'model name\t: AMD  EPYC\nflags\t\t: fpu hypervisor';
    machine.write('proc/cpuinfo', `processor\t: 0\n${cpu}\n\nprocessor\t: 1\n${cpu}\n`);
    machine.write('sys/class/dmi/id/sys_vendor', 'QEMU\n');
    machine.write('sys/class/dmi/id/product_name', 'Standard PC\n');
    expect(facts()).toEqual({
      os: 'Debian GNU/Linux 12 (bookworm)',
      cpuModel: 'AMD EPYC',
      cpuCount: 2,
      memoryTotal: 24_684_084 * 1024,
      swapTotal: 0,
      bootId: 'b00t-1d',
      bootedAt: 1_795_549_316_000,
      model: 'QEMU Standard PC',
      virtualization: 'kvm',
    });
  });

  it('are unknown where nothing says them', () => {
    machine.remove('proc');
    expect(new Set(Object.values(facts()))).toEqual(new Set([null]));
  });

  it('tell bare metal and a container', () => {
    machine.write('proc/cpuinfo', 'processor : 0\nflags : fpu vme\n');
    expect(facts().virtualization).toBe('none');
    machine.write('proc/1/environ', 'PATH=/bin\0container=lxc\0');
    expect(facts().virtualization).toBe('lxc');
    machine.write('.dockerenv', '');
    expect(facts().virtualization).toBe('docker');
  });

  it('have no model of a board that was never given a name', () => {
    machine.write('sys/class/dmi/id/sys_vendor', 'To Be Filled By O.E.M.\n');
    expect(facts().model).toBeNull();
    machine.write('proc/device-tree/model', 'Raspberry Pi 5\0');
    expect(facts().model).toBe('Raspberry Pi 5');
  });
});
