import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatedAgent } from '@hostdeck/simulated-agent';
import sqlite3 from 'sqlite3';
import { countStored, joinFleet, newTally, sendBeats } from '../fleet';
import { HubClient, type LiveSocket } from '../hub-client';
import { startHub, type Hub } from '../programs';
import { Latencies, type Report } from '../report';

export const LOCKED_DEFAULTS = { agents: 100, series: 80, seconds: 30 } as const;
export type LockedOptions = { readonly [Name in keyof typeof LOCKED_DEFAULTS]: number };

const INTERVAL = 2;
const BEATS_BEFORE = 5;
/** Time in which what was refused is sent again by itself, ms. */
const SETTLE = 1_000;

/** Somebody else holds the database's write lock for a while: nothing is acked, everything is seen, and afterwards all of it is stored. */
export async function measureLocked(options: LockedOptions): Promise<Report> {
  const hub = await startHub();
  let agents: SimulatedAgent[] = [];
  let live: LiveSocket | null = null;
  try {
    agents = await joinFleet(hub, options);
    const client = await HubClient.signIn(hub);
    const before = newTally();
    await sendBeats(
      agents,
      { beats: BEATS_BEFORE, interval: INTERVAL },
      { acked: new Latencies(), tally: before },
    );
    live = client.live();
    const seen = new Latencies();
    live.on('host', ({ frames }) => {
      const now = Date.now();
      for (const [time] of frames) seen.add(now - time);
    });
    await live.emitWithAck('watch', { room: 'host', hostId: agents[0]?.id ?? '' });

    const unlock = await lock(hub);
    const during = newTally();
    const sending = sendBeats(
      agents,
      { beats: Math.round(options.seconds / INTERVAL), interval: INTERVAL },
      { acked: new Latencies(), tally: during },
    );
    await delay(options.seconds * 1000);
    await unlock();
    const unlockedAt = performance.now();
    await sending;
    await delay(SETTLE);
    await Promise.all(agents.map((agent) => agent.deliverBacklog()));
    const recovered = performance.now() - unlockedAt;

    const expected = before.sent + during.sent;
    const stored = await countStored(client, agents, expected / agents.length);
    return {
      scenario: 'locked',
      conditions: { agents: options.agents, 'locked for': `${String(options.seconds)} s` },
      figures: [
        { name: 'frames sent meanwhile', value: during.sent, unit: '' },
        { name: 'of them refused at first', value: during.refused, unit: '' },
        { name: 'emit to a dashboard meanwhile, p99', value: seen.at(0.99), unit: 'ms' },
        { name: 'everything stored after', value: recovered / 1000, unit: 's' },
        { name: 'frames lost', value: Math.max(0, expected - stored), unit: '', reach: '0' },
        {
          name: 'frames stored twice',
          value: Math.max(0, stored - expected),
          unit: '',
          reach: '0',
        },
      ],
      correct: stored === expected,
    };
  } finally {
    live?.disconnect();
    for (const agent of agents) agent.close();
    await hub.stop();
  }
}

/** Takes the write lock. @returns what gives it back */
async function lock(hub: Hub): Promise<() => Promise<void>> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(join(hub.dataDir, 'hostdeck.sqlite'), (error) => {
      if (error === null) resolve(opened);
      else reject(error);
    });
  });
  database.configure('busyTimeout', 10_000);
  const run = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      database.exec(sql, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  await run('BEGIN IMMEDIATE');
  return async () => {
    await run('ROLLBACK');
    await new Promise<void>((resolve, reject) => {
      database.close((error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  };
}
