import {
  PROCESS_LIMITS,
  type Culprit,
  type ProcessIdentity,
  type ProcessScan,
  type ProcessValues,
} from '@hostdeck/contracts';

/** A process that runs as long as its host: name, user, command line, CPU (percent of a core) and memory (MiB) it mostly uses. */
export type SimulatedService = readonly [
  name: string,
  user: string,
  command: string,
  cpu: number,
  memory: number,
];

const WORKERS = 8;
const MIB = 2 ** 20;

/** A small server: a database, a web server, an application, and what belongs to the system. */
const SERVICES: readonly SimulatedService[] = [
  ['systemd', 'root', '/sbin/init', 0.1, 12],
  ['systemd-journal', 'root', '/lib/systemd/systemd-journald', 0.3, 48],
  [
    'dbus-daemon',
    'messagebus',
    '/usr/bin/dbus-daemon --system --address=systemd: --nofork',
    0.1,
    5,
  ],
  ['sshd', 'root', 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups', 0, 8],
  ['cron', 'root', '/usr/sbin/cron -f', 0, 3],
  [
    'dockerd',
    'root',
    '/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock',
    1.2,
    92,
  ],
  ['containerd', 'root', '/usr/bin/containerd', 0.9, 55],
  ['redis-server', 'redis', '/usr/bin/redis-server 127.0.0.1:6379', 1.8, 140],
  [
    'java',
    'search',
    '/usr/lib/jvm/java-21/bin/java -Xms2g -Xmx2g -XX:+UseG1GC -Djava.io.tmpdir=/var/tmp/search -cp /opt/search/lib/* org.example.search.Server',
    14,
    2_600,
  ],
  ['node', 'app', 'node --max-old-space-size=512 /srv/app/dist/main.js', 9, 310],
  ['hostdeck-agent', 'hostdeck', 'node /opt/hostdeck/agent/main.js run', 0.2, 56],
  ...Array.from({ length: WORKERS }, (_, index): SimulatedService => [
    'postgres',
    'postgres',
    `postgres: 16/main: app app 10.0.0.${String(20 + index)}(5${String(1_000 + index)}) idle`,
    1,
    60 + 9 * index,
  ]),
  ...Array.from({ length: WORKERS }, (): SimulatedService => [
    'nginx',
    'www-data',
    'nginx: worker process',
    4,
    22,
  ]),
];

/** One in so many samples has a command that somebody or cron has started and that is gone at the next. */
const SHORT_LIVED = 4;

/** Processes in one message of a scan. */
const PART = 500;

/** Processes of one simulated host, and which of them use most. */
export class SimulatedProcesses {
  private readonly started = Date.now() - 1e9;
  private readonly use: { cpu: number; memory: number }[];

  constructor(private readonly services: readonly SimulatedService[] = SERVICES) {
    this.use = services.map(([, , , cpu, memory]) => ({ cpu, memory }));
  }

  /** The culprits of a moment, as an agent picks them. */
  culprits(at: number): Culprit[] {
    const all = this.services.map(([name, user, command, cpu, memory], index): Culprit => {
      const use = this.use[index] ?? { cpu, memory };
      use.cpu = Math.max(0, 0.7 * use.cpu + 0.3 * cpu * (0.4 + 1.2 * Math.random()));
      // Memory stands still most of the time, and wanders off when it does not.
      if (Math.random() < 0.2) use.memory += memory * 0.02 * (Math.random() - 0.48);
      const pid = 400 + 37 * index;
      return [
        pid,
        this.started + 900 * index,
        name,
        user,
        command.slice(0, PROCESS_LIMITS.culpritCommand),
        Math.round(use.cpu * 10) / 10,
        Math.round(use.memory * 256) * (MIB / 256),
      ];
    });
    if (Math.random() * SHORT_LIVED < 1) all.push(shortLived(at));
    const by = (place: 5 | 6) =>
      all
        .toSorted((first, second) => (second[place] ?? 0) - (first[place] ?? 0))
        .slice(0, PROCESS_LIMITS.culprits);
    return [...new Set([...by(5), ...by(6)])];
  }

  /** A whole scan of so many processes in its parts; all values are new every time. */
  scan(at: number, count: number, first: boolean): ProcessScan[] {
    const parts = Math.max(1, Math.ceil(count / PART));
    return Array.from({ length: parts }, (_, part): ProcessScan => {
      const places = Array.from(
        { length: Math.min(PART, count - part * PART) },
        (__, place) => part * PART + place,
      );
      return {
        at,
        first: first && part === 0,
        last: part === parts - 1,
        total: count,
        memoryTotal: 16 * 1_024 * MIB,
        appeared: first ? places.map((place) => this.identity(place)) : [],
        values: places.map((place) => this.valuesOf(place)),
        gone: [],
      };
    });
  }

  private identity(place: number): ProcessIdentity {
    const [name, user, command] = this.serviceAt(place);
    const ppid = place === 0 ? 0 : pidAt(Math.floor(place / 6));
    return { pid: pidAt(place), started: this.started + 900 * place, ppid, name, user, command };
  }

  /** Where there are more processes than services, there are as many more of them. */
  private serviceAt(place: number): SimulatedService {
    const service = this.services[place % this.services.length];
    if (service === undefined) throw new Error('a simulated host has services');
    return service;
  }

  private valuesOf(place: number): ProcessValues {
    const [, , , cpu, memory] = this.serviceAt(place);
    const now = Math.round(10 * cpu * (0.4 + 1.2 * Math.random())) / 10;
    const writes = Math.random() < 0.2 ? Math.round(Math.random() * 4e6) : 0;
    const state = now > 6 ? 'running' : 'sleeping';
    return [pidAt(place), state, now, memory * MIB, 0, writes, 1 + (place % 24), 4 + (place % 90)];
  }
}

function pidAt(place: number): number {
  return place === 0 ? 1 : 400 + 37 * place;
}

function shortLived(at: number): Culprit {
  const pid = 10_000 + Math.floor(Math.random() * 50_000);
  const unit = Math.floor(Math.random() * 1e6).toString(36);
  return [
    pid,
    at - Math.floor(Math.random() * 9_000),
    'cc1plus',
    'build',
    `/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus -quiet -O2 src/${unit}.cpp -o /tmp/${unit}.s`,
    Math.round(400 + 600 * Math.random()) / 10,
    Math.round(20_000 + 60_000 * Math.random()) * 4_096,
  ];
}
