import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatedAgent } from '@hostdeck/simulated-agent';
import sqlite3 from 'sqlite3';
import { JOIN_TOKEN, startHub } from '../programs';
import { Recording } from '../recording';
import type { Figure, Report } from '../report';
import { StoredHistory } from '../stored-history';

export const STORAGE_DEFAULTS = { hours: 26 } as const;
export type StorageOptions = { readonly [Name in keyof typeof STORAGE_DEFAULTS]: number };

const RECORDINGS = ['builds', 'disk'] as const;
const INTERVAL = 2_000;

interface HostBytes {
  readonly values: number;
  readonly raw: number;
  readonly points: number;
  readonly rollup: number;
}

/** Bytes on disk per value and per rollup point, of recorded machines played through the whole way; beside one row per sample. */
export async function measureStorage(options: StorageOptions): Promise<Report> {
  const hub = await startHub({ environment: { HOSTDECK_RETENTION_RAW: '4d' } });
  const agents: SimulatedAgent[] = [];
  try {
    const frames = Math.round((options.hours * 3_600_000) / INTERVAL);
    const figures: Figure[] = [];
    for (const name of RECORDINGS) {
      const values = new Recording(name);
      agents.push(
        await SimulatedAgent.join(
          { url: hub.url, joinToken: JOIN_TOKEN },
          { name, values, backlog: frames, withCulprits: true },
        ),
      );
    }
    const stored = await StoredHistory.open(hub);
    await stored.settled();
    for (const [index, name] of RECORDINGS.entries()) {
      const recording = new Recording(name);
      const bytes = await measureHost(stored, index + 1, recording.keys.length);
      figures.push(
        { name: `${name}: series`, value: recording.keys.length, unit: '' },
        { name: `${name}: raw`, value: bytes.raw / bytes.values, unit: 'B/value', reach: '<= 1.0' },
        {
          name: `${name}: rollups`,
          value: bytes.rollup / bytes.points,
          unit: 'B/point',
          reach: '<= 6',
        },
        {
          name: `${name}: one row per sample`,
          value: await rowPerSample(recording),
          unit: 'B/value',
        },
      );
    }
    figures.push(await culpritBytes(stored));
    await stored.close();
    return {
      scenario: 'storage',
      conditions: {
        recordings: RECORDINGS.join(' and '),
        'played for': `${String(options.hours)} h`,
      },
      figures,
      correct: agents.every((agent) => agent.waiting === 0),
    };
  } finally {
    for (const agent of agents) agent.close();
    await hub.stop();
  }
}

async function measureHost(
  stored: StoredHistory,
  host: number,
  seriesCount: number,
): Promise<HostBytes> {
  const chunks = await stored.row<{ frames: number; bytes: number }>(
    'SELECT sum(frames) AS frames, sum(length(bytes)) AS bytes FROM chunks WHERE host = ?',
    host,
  );
  const blocks = await stored.row<{ points: number; bytes: number }>(
    'SELECT sum(points) AS points, sum(length(bytes)) AS bytes FROM blocks WHERE host = ?',
    host,
  );
  return {
    values: chunks.frames * seriesCount,
    raw: chunks.bytes,
    points: blocks.points,
    rollup: blocks.bytes,
  };
}

/** What the culprits of simulated processes take. */
async function culpritBytes(stored: StoredHistory): Promise<Figure> {
  const { samples, bytes } = await stored.row<{ samples: number; bytes: number }>(
    'SELECT sum(samples) AS samples, sum(length(bytes)) AS bytes FROM culprits',
  );
  return { name: 'culprits (simulated)', value: bytes / samples, unit: 'B/sample' };
}

/** What the same values take as rows of (series, time, value) in SQLite, its primary key included. */
async function rowPerSample(recording: Recording): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'hostdeck-bench-rows-'));
  const path = join(folder, 'rows.sqlite');
  const database = new sqlite3.Database(path);
  const exec = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      database.exec(sql, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  await exec(
    'CREATE TABLE samples (series INTEGER, at INTEGER, value REAL, PRIMARY KEY (series, at)) WITHOUT ROWID; BEGIN',
  );
  const now = Date.now();
  for (let frame = 0; frame < recording.length; frame += 1) {
    const rows = recording
      .at()
      .map(
        (value, series) => `(${String(series)},${String(now + frame * INTERVAL)},${String(value)})`,
      );
    await exec(`INSERT INTO samples VALUES ${rows.join(',')}`);
  }
  await exec('COMMIT; VACUUM');
  await new Promise<void>((resolve, reject) => {
    database.close((error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
  const { size } = await stat(path);
  await rm(folder, { recursive: true, force: true });
  return size / (recording.length * recording.keys.length);
}
