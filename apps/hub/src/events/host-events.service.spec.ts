import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { DEFAULT_LIMITS } from '../config/limits';
import { Database } from '../database/database';
import { EnrollmentRepository } from '../enrollment/enrollment.repository';
import type { Host } from '../hosts/host';
import { HostsRepository } from '../hosts/hosts.repository';
import { HostsService } from '../hosts/hosts.service';
import { HostEventsRepository } from './host-events.repository';
import { HostEventsService } from './host-events.service';

const NOW = 1_795_000_000_000;
const DAY = 86_400_000;

describe('recorded events', () => {
  let dataDir: string;
  let database: Database;
  let hosts: HostsService;
  let events: HostEventsService;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hostdeck-events-'));
    database = await Database.open(dataDir);
    hosts = new HostsService(new HostsRepository(database), DEFAULT_LIMITS, () => NOW);
    const logger = pino({ level: 'silent' });
    events = new HostEventsService(new HostEventsRepository(database), hosts, logger, () => NOW);
  });
  afterEach(async () => {
    await events.stop();
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const addHost = async (id: string) =>
    hosts.add(
      await new EnrollmentRepository(database).addHost({
        id: id.repeat(32),
        name: id,
        tags: [],
        publicKey: id,
        createdAt: NOW,
      }),
    );
  const note = (host: Host, at: number) =>
    hosts.note(host, { at, kind: 'agent_restarted', detail: {} });
  /** Lets everything be dropped that is due. */
  const trim = async () => {
    await events.stop();
    while (await events.trim());
  };
  const timesOf = async (host: Host) => {
    const { items } = await events.list(host, { limit: 10_000 });
    return items.map(({ at }) => at);
  };

  it('are dropped after two years', async () => {
    const host = await addHost('a');
    note(host, NOW - 730 * DAY - 1);
    note(host, NOW - 729 * DAY);
    await trim();
    expect(await timesOf(host)).toEqual([NOW - 729 * DAY]);
  });

  it('are bounded for each host: the newest stay', async () => {
    const [noisy, quiet] = [await addHost('a'), await addHost('b')];
    note(quiet, NOW - DAY);
    for (let index = 0; index < 6_200; index += 1) note(noisy, NOW - DAY + index);
    await trim();
    const times = await timesOf(noisy);
    expect(times).toHaveLength(5_000);
    expect(times.at(-1)).toBe(NOW - DAY + 1_200);
    expect(await timesOf(quiet)).toHaveLength(1);
  });
});
