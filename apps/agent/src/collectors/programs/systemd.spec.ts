import { read, RecordedMachine } from '../../../test/recorded-machine';
import { DEFAULT_COLLECTOR_OPTIONS } from '../options';
import { SystemdCollector } from './systemd';

const UNITS = `nginx.service loaded active running A high performance web server
backup.service loaded failed failed Nightly backup
backup.timer loaded active waiting Nightly backup
syslog.service not-found inactive dead syslog.service
getty@tty1.service loaded active running Getty on tty1
stopped.service loaded inactive dead Something stopped`;

describe('units of systemd', () => {
  let machine: RecordedMachine;
  const collector = (...services: string[]) =>
    new SystemdCollector(
      { files: machine.files, programs: machine.programs, root: `${machine.root}/` },
      () => ({ ...DEFAULT_COLLECTOR_OPTIONS, services }),
    );

  beforeEach(() => {
    machine = RecordedMachine.of({
      'run/systemd/system/x': '',
      'sys/fs/cgroup/cgroup.controllers': 'cpu memory pids\n',
      'sys/fs/cgroup/system.slice/nginx.service/cgroup.procs': '812\n',
      'sys/fs/cgroup/system.slice/nginx.service/cpu.stat': 'usage_usec 1000000\n',
      'sys/fs/cgroup/system.slice/nginx.service/memory.current': '8192000\n',
      'sys/fs/cgroup/system.slice/nginx.service/pids.current': '5\n',
      'sys/fs/cgroup/system.slice/system-getty.slice/getty@tty1.service/cgroup.procs': '9\n',
      'sys/fs/cgroup/system.slice/system-getty.slice/getty@tty1.service/pids.current': '1\n',
    });
    machine.writeProgram(
      'systemctl',
      `test "$1" = list-units || exit 1\ncat <<'UNITS'\n${UNITS}\nUNITS`,
    );
  });
  afterEach(() => machine.dispose());

  it('that failed are counted and named without being chosen', async () => {
    expect((await read(collector(), 0)).values).toEqual({
      'systemd.failed': 1,
      'service.failed{backup.service}': 1,
    });
  });

  it('that were chosen tell whether they are active and what they use', async () => {
    const chosen = collector('nginx.service', 'getty@*', 'stopped.service', 'missing.service');
    await read(chosen, 0);
    machine.write('sys/fs/cgroup/system.slice/nginx.service/cpu.stat', 'usage_usec 7000000\n');
    expect((await read(chosen, 60_000)).values).toMatchObject({
      'service.active{nginx.service}': 1,
      'service.cpu{nginx.service}': 10,
      'service.memory{nginx.service}': 8_192_000,
      'service.tasks{nginx.service}': 5,
      'service.active{getty@tty1.service}': 1,
      'service.tasks{getty@tty1.service}': 1,
      'service.active{stopped.service}': 0,
      'service.memory{stopped.service}': null,
      'service.active{missing.service}': 0,
    });
  });

  it('are no series where systemd did not start the system', async () => {
    machine.remove('run/systemd');
    expect((await read(collector(), 0)).values).toEqual({});
  });

  it('are unknown, not fine, when systemd can not be asked', async () => {
    machine.writeProgram('systemctl', 'exit 1');
    await expect(read(collector(), 0)).rejects.toThrow('systemctl ended with status 1');
  });
});
