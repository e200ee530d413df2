import { FrameBatchSchema } from './agent-wire';
import { CulpritsQuerySchema, ProcessesQuerySchema, ProcessScanSchema } from './processes';
import { AgentSettingsSchema, DEFAULT_SETTINGS } from './settings';

const scan = {
  at: 1_700_000_000_000,
  first: true,
  last: true,
  total: 1,
  memoryTotal: null,
  appeared: [
    { pid: 7, started: 1_600_000_000_000, ppid: 1, name: 'cron', user: 'root', command: null },
  ],
  values: [[7, 'sleeping', null, 4096, null, null, 1, null]],
  gone: [],
};

describe('a scan of processes', () => {
  it('is read as sent, with names made inert', () => {
    const named = { ...scan, appeared: [{ ...scan.appeared[0], name: 'a\u202eb' }] };
    expect(ProcessScanSchema.parse(scan)).toEqual(scan);
    expect(ProcessScanSchema.parse(named).appeared[0]?.name).toBe('a\ufffdb');
  });

  it.each([
    ['a state that there is not', { values: [[7, 'asleep', null, null, null, null, null, null]] }],
    ['a negative share', { values: [[7, 'sleeping', -1, null, null, null, null, null]] }],
    ['a name that is too long', { appeared: [{ ...scan.appeared[0], name: 'x'.repeat(65) }] }],
  ])('is refused for %s', (_, wrong) => {
    expect(ProcessScanSchema.safeParse({ ...scan, ...wrong }).success).toBe(false);
  });
});

describe('culprits', () => {
  const culprit = [7, 1_600_000_000_000, 'cron', 'root', 'cron -f', 12.5, 4096];
  const batch = (culprits: unknown[]) => ({
    epoch: '0123456789abcdef',
    schema: 0,
    frames: [[0, 0, [1], culprits]],
  });

  it('travel in the frame of their tick, and no more of them than agreed', () => {
    expect(FrameBatchSchema.parse(batch([culprit]))).toEqual(batch([culprit]));
    expect(FrameBatchSchema.safeParse(batch(Array(21).fill(culprit))).success).toBe(false);
  });

  it('are asked for by a moment or by a span, never by both or neither', () => {
    expect(CulpritsQuerySchema.safeParse({ at: '5' }).success).toBe(true);
    expect(CulpritsQuerySchema.safeParse({ from: '5', to: '6' }).success).toBe(true);
    expect(CulpritsQuerySchema.safeParse({}).success).toBe(false);
    expect(CulpritsQuerySchema.safeParse({ at: '5', from: '1' }).success).toBe(false);
    expect(CulpritsQuerySchema.safeParse({ from: '6', to: '5' }).success).toBe(false);
  });
});

describe('a question for the process table', () => {
  it('asks for those with most CPU unless it says otherwise', () => {
    expect(ProcessesQuerySchema.parse({})).toEqual({ sort: 'cpu', order: 'desc', limit: 100 });
  });
});

describe('settings', () => {
  it('of a hub that only knows the interval are the defaults beside it', () => {
    expect(AgentSettingsSchema.parse({ interval: 5_000 })).toEqual({
      ...DEFAULT_SETTINGS,
      interval: 5_000,
    });
  });
});
