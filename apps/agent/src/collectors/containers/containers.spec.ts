import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { read, RecordedMachine } from '../../../test/recorded-machine';
import { DEFAULT_COLLECTOR_OPTIONS } from '../options';
import { ContainerCollector } from './containers';
import { OwnCgroupCollector } from './own-cgroup';

const WEB = 'a'.repeat(64);
const DB = 'b'.repeat(64);
const OLD = 'c'.repeat(64);
const DEV = 'Inter-| Receive | Transmit\n face |bytes\n';

/** The files of a control group of version 2. */
function group(folder: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => [`sys/fs/cgroup/${folder}/${name}`, `${text}\n`]),
  );
}

const WEB_GROUP = `system.slice/docker-${WEB}.scope`;
const HOST = {
  'sys/fs/cgroup/cgroup.controllers': 'cpu io memory pids\n',
  ...group('system.slice/ssh.service', { 'cgroup.procs': '7' }),
  ...group(WEB_GROUP, {
    'cgroup.procs': '4242',
    'cpu.stat': 'usage_usec 5000000\nuser_usec 1\nnr_throttled 3\nthrottled_usec 200000',
    'memory.current': '300000000',
    'memory.stat': 'anon 1\nfile 2\ninactive_file 100000000\nactive_file 3',
    'memory.max': '400000000',
    'pids.current': '17',
  }),
  ...group(`machine.slice/libpod-${DB}.scope`, {
    'cgroup.procs': '',
    'cpu.stat': 'usage_usec 1000000',
    'memory.current': '50000000',
    'memory.stat': 'anon 1',
    'memory.max': 'max',
    'pids.current': '2',
  }),
  ...group(`machine.slice/libpod-${DB}.scope/container`, { 'cgroup.procs': '77' }),
  ...group(`machine.slice/libpod-conmon-${DB}.scope`, { 'cgroup.procs': '76' }),
  'proc/4242/net/dev': `${DEV}lo: 9 0 0 0 0 0 0 0 9 0\neth0: 1000 1 0 0 0 0 0 0 500 1\n`,
  'proc/77/net/dev': `${DEV}eth0: 5 1 0 0 0 0 0 0 5 1\n`,
};

describe('containers', () => {
  let machine: RecordedMachine;
  let runtime: Server | null;
  let asked: string[];

  /** A runtime at the socket of Docker that answers every question with this. */
  async function startRuntime(status: number, body: string): Promise<void> {
    mkdirSync(join(machine.root, 'run'), { recursive: true });
    runtime = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.writeHead(status).end(body);
    });
    runtime.listen(join(machine.root, 'run/docker.sock'));
    await once(runtime, 'listening');
  }

  const collector = (options = DEFAULT_COLLECTOR_OPTIONS) =>
    new ContainerCollector(machine.files, `${machine.root}/`, () => options);

  beforeEach(() => {
    machine = RecordedMachine.of(HOST);
    machine.link('proc/self/ns/net', 'net:[1]');
    machine.link('proc/4242/ns/net', 'net:[2]');
    machine.link('proc/77/ns/net', 'net:[1]');
    runtime = null;
    asked = [];
  });
  afterEach(async () => {
    if (runtime !== null) {
      runtime.close();
      await once(runtime, 'close');
    }
    machine.dispose();
  });

  it('use what their control groups say, and are called by their ids where nobody may be asked', async () => {
    const containers = collector();
    await read(containers, 0);
    machine.write(
      `sys/fs/cgroup/${WEB_GROUP}/cpu.stat`,
      'usage_usec 20000000\nthrottled_usec 1200000\n',
    );
    machine.write(
      'proc/4242/net/dev',
      `${DEV}lo: 9 0 0 0 0 0 0 0 9 0\neth0: 6000 1 0 0 0 0 0 0 1500 1\n`,
    );
    expect((await read(containers, 10_000)).values).toEqual({
      'container.running{aaaaaaaaaaaa}': 1,
      'container.cpu{aaaaaaaaaaaa}': 150,
      'container.throttled{aaaaaaaaaaaa}': 10,
      'container.memory{aaaaaaaaaaaa}': 200_000_000,
      'container.memory_share{aaaaaaaaaaaa}': 50,
      'container.tasks{aaaaaaaaaaaa}': 17,
      'container.network.receive_bytes{aaaaaaaaaaaa}': 500,
      'container.network.transmit_bytes{aaaaaaaaaaaa}': 100,
      'container.running{bbbbbbbbbbbb}': 1,
      'container.cpu{bbbbbbbbbbbb}': 0,
      'container.memory{bbbbbbbbbbbb}': 50_000_000,
      'container.tasks{bbbbbbbbbbbb}': 2,
    });
  });

  it('have the names and states that the runtime gives, asked for with one reading question', async () => {
    await startRuntime(
      200,
      JSON.stringify([
        { Id: WEB, Names: ['/web'], State: 'running' },
        { Id: DB, Names: ['/db'], State: 'running' },
        { Id: OLD, Names: ['/migrate\u202e'], State: 'exited' },
      ]),
    );
    const containers = collector({
      ...DEFAULT_COLLECTOR_OPTIONS,
      containers: { include: [], skip: ['d?'] },
    });
    const { values } = await read(containers, 0);
    expect(values).toMatchObject({
      'container.running{web}': 1,
      'container.memory{web}': 200_000_000,
      'container.running{migrate\ufffd}': 0,
    });
    expect(Object.keys(values).filter((key) => key.includes('db'))).toEqual([]);
    await read(containers, 10_000);
    expect(asked).toEqual(['GET /containers/json?all=true']);
  });

  it('are shown without names, and it is said why, when the runtime gives none', async () => {
    await startRuntime(500, 'no');
    const { values, warnings } = await read(collector(), 0);
    expect(values).toHaveProperty(['container.memory{aaaaaaaaaaaa}'], 200_000_000);
    expect(warnings).toEqual([
      `names of containers: ${machine.root}/run/docker.sock: HTTP status 500`,
    ]);
  });

  it('of version 1 of control groups are read from the trees of its controllers', async () => {
    machine.remove('sys');
    const files = {
      'cpuacct/docker': { 'cpuacct.usage': '4000000000' },
      'cpu/docker': { 'cpu.stat': 'nr_periods 5\nnr_throttled 1\nthrottled_time 1000000000' },
      'memory/docker': {
        'cgroup.procs': '4242',
        'memory.usage_in_bytes': '3000000',
        'memory.stat': 'cache 1\ntotal_inactive_file 1000000',
        'memory.limit_in_bytes': '9223372036854771712',
      },
      'pids/docker': { 'pids.current': '4' },
    };
    for (const [folder, values] of Object.entries(files)) {
      for (const [path, text] of Object.entries(group(`${folder}/${WEB}`, values))) {
        machine.write(path, text);
      }
    }
    const containers = collector();
    await read(containers, 0);
    machine.write(`sys/fs/cgroup/cpuacct/docker/${WEB}/cpuacct.usage`, '9000000000\n');
    expect((await read(containers, 10_000)).values).toMatchObject({
      'container.cpu{aaaaaaaaaaaa}': 50,
      'container.throttled{aaaaaaaaaaaa}': 0,
      'container.memory{aaaaaaaaaaaa}': 2_000_000,
      'container.tasks{aaaaaaaaaaaa}': 4,
    });
  });

  it('of Kubernetes, LXC and systemd-nspawn are found by their names', async () => {
    machine.remove('sys/fs/cgroup/system.slice');
    machine.remove('sys/fs/cgroup/machine.slice');
    const pod = 'kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice';
    for (const folder of [
      `${pod}/cri-containerd-${WEB}.scope`,
      `kubepods/besteffort/pod77-ab/${DB}`,
      'lxc.payload.builder',
      'lxc/older',
      'machine.slice/systemd-nspawn@trial.service',
      `user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${OLD}.scope`,
      'user.slice/user-1000.slice/session-2.scope',
    ]) {
      machine.write(`sys/fs/cgroup/${folder}/cgroup.procs`, '');
    }
    const { values } = await read(collector(), 0);
    const names = Object.keys(values).flatMap(
      (key) => /^container\.cpu\{(.*)\}/.exec(key)?.[1] ?? [],
    );
    expect(names.sort()).toEqual([
      'aaaaaaaaaaaa',
      'bbbbbbbbbbbb',
      'builder',
      'cccccccccccc',
      'older',
      'trial',
    ]);
  });

  it('are no series on a host without any', async () => {
    const empty = RecordedMachine.of({ 'sys/fs/cgroup/cgroup.controllers': 'cpu\n' });
    const containers = new ContainerCollector(empty.files, `${empty.root}/`);
    expect((await read(containers, 0)).values).toEqual({});
    empty.dispose();
  });
});

describe('the container that the agent runs in', () => {
  it('is told apart from the host, with its limits', async () => {
    const machine = RecordedMachine.of({
      'proc/self/cgroup': '0::/\n',
      'sys/fs/cgroup/cgroup.controllers': 'cpu memory pids\n',
      'sys/fs/cgroup/cgroup.procs': '1\n',
      'sys/fs/cgroup/cpu.stat': 'usage_usec 0\nthrottled_usec 0\n',
      'sys/fs/cgroup/cpu.max': '150000 100000\n',
      'sys/fs/cgroup/memory.current': '64000000\n',
      'sys/fs/cgroup/memory.stat': 'inactive_file 0\n',
      'sys/fs/cgroup/memory.max': '256000000\n',
      'sys/fs/cgroup/pids.current': '11\n',
    });
    const own = new OwnCgroupCollector(machine.files);
    await read(own, 0);
    machine.write('sys/fs/cgroup/cpu.stat', 'usage_usec 5000000\nthrottled_usec 1000000\n');
    expect((await read(own, 10_000)).values).toEqual({
      'cgroup.cpu': 50,
      'cgroup.cpu_limit': 150,
      'cgroup.throttled': 10,
      'cgroup.memory': 64_000_000,
      'cgroup.memory_limit': 256_000_000,
      'cgroup.memory_share': 25,
      'cgroup.tasks': 11,
    });
    machine.dispose();
  });

  it('of version 1 has its group by the path of the memory controller', async () => {
    const machine = RecordedMachine.of({
      'proc/self/cgroup': '5:cpu,cpuacct:/docker/x\n4:memory:/docker/x\n0::/\n',
      'sys/fs/cgroup/memory/docker/x/cgroup.procs': '1\n',
      'sys/fs/cgroup/memory/docker/x/memory.usage_in_bytes': '1000\n',
      'sys/fs/cgroup/memory/docker/x/memory.limit_in_bytes': '4000\n',
      'sys/fs/cgroup/cpu/docker/x/cpu.cfs_quota_us': '-1\n',
      'sys/fs/cgroup/cpu/docker/x/cpu.cfs_period_us': '100000\n',
    });
    const { values } = await read(new OwnCgroupCollector(machine.files), 0);
    expect(values).toMatchObject({ 'cgroup.memory': 1000, 'cgroup.memory_share': 25 });
    expect(values).not.toHaveProperty(['cgroup.cpu_limit']);
    machine.dispose();
  });
});
