import type { ProcessIdentity, ProcessScan, ProcessValues } from '@hostdeck/contracts';
import { WireFailure } from '../sockets/wire-failure';
import { ProcessTable } from './process-table';

const AT = 1_750_000_000_000;

function identity(pid: number, change: Partial<ProcessIdentity> = {}): ProcessIdentity {
  return {
    pid,
    started: AT,
    ppid: 1,
    name: `p${String(pid)}`,
    user: 'root',
    command: null,
    ...change,
  };
}

function values(pid: number, cpu: number | null = 1): ProcessValues {
  return [pid, 'running', cpu, 1_000, null, null, 1, null];
}

function scan(change: Partial<ProcessScan> = {}): ProcessScan {
  return {
    at: AT,
    first: false,
    last: true,
    total: 2,
    memoryTotal: 10_000,
    appeared: [],
    values: [],
    gone: [],
    ...change,
  };
}

const FIRST = scan({
  first: true,
  appeared: [identity(1), identity(2)],
  values: [values(1), values(2, 2)],
});

describe('a table of processes', () => {
  let table: ProcessTable;
  const pids = () => [...table.list()].map(({ pid }) => pid).sort((one, two) => one - two);
  const codeOf = (part: ProcessScan) => {
    try {
      table.take(part);
    } catch (error) {
      return error instanceof WireFailure ? error.code : error;
    }
    return null;
  };

  beforeEach(() => {
    table = new ProcessTable();
    table.take(FIRST);
  });

  it('follows what appears, changes and goes, and gives all of it as a first scan', () => {
    const changed = table.take(
      scan({
        at: AT + 1_000,
        appeared: [identity(3), identity(2, { started: AT + 500, name: 'again' })],
        values: [values(3), values(2, 9)],
        gone: [1, 2],
      }),
    );
    expect(changed).toMatchObject({ gone: [1], appeared: [{ pid: 3 }, { name: 'again' }] });
    expect(pids()).toEqual([2, 3]);
    expect([...table.list()].find(({ pid }) => pid === 2)).toMatchObject({
      name: 'again',
      cpu: 9,
      memoryShare: 10,
    });
    const copy = new ProcessTable();
    copy.take(table.snapshot() ?? FIRST);
    expect([...copy.list()]).toEqual([...table.list()]);
    expect(copy.at).toBe(AT + 1_000);
  });

  it('shows a scan in parts only when it is whole', () => {
    const part = { at: AT + 1, total: 4 };
    expect(table.take(scan({ ...part, last: false, appeared: [identity(3)] }))).toBeNull();
    expect(pids()).toEqual([1, 2]);
    expect(table.take(scan({ ...part, values: [values(3)], gone: [1] }))).toMatchObject({
      first: false,
      last: true,
      total: 4,
      appeared: [{ pid: 3 }],
    });
    expect(pids()).toEqual([2, 3]);
    // A first scan that begins in the middle of another one counts.
    table.take(scan({ at: AT + 2, last: false, appeared: [identity(9)] }));
    table.take(scan({ ...FIRST, at: AT + 3 }));
    expect(pids()).toEqual([1, 2]);
  });

  it.each([
    ['values of an unknown process', scan({ values: [values(7)] })],
    ['a process without values', scan({ appeared: [identity(7)] })],
    ['an end of what was not there', scan({ gone: [7] })],
    ['a process twice', scan({ appeared: [identity(7), identity(7)], values: [values(7)] })],
    ['values twice', scan({ values: [values(1), values(1)] })],
    ['values of what is gone', scan({ gone: [1], values: [values(1)] })],
    ['a first scan that ends something', scan({ ...FIRST, gone: [1] })],
  ])('refuses %s', (_, part) => {
    expect(codeOf(part)).toBe('out_of_order');
  });

  it('refuses what begins with a difference, and what lies about its parts', () => {
    table = new ProcessTable();
    expect(codeOf(scan())).toBe('out_of_order');
    table.take(FIRST);
    table.take(scan({ at: AT + 1, last: false }));
    expect(codeOf(scan({ at: AT + 2 }))).toBe('out_of_order');
  });

  it('takes any name, and ten thousand processes, but no more, whatever parts they come in', () => {
    const rows = (from: number, count: number, change: Partial<ProcessIdentity> = {}) => ({
      appeared: Array.from({ length: count }, (__, index) => identity(from + index, change)),
      values: Array.from({ length: count }, (__, index) => values(from + index)),
    });
    table.take(scan({ first: true, ...rows(0, 10_000, { name: '__proto__' }) }));
    expect(table.size).toBe(10_000);
    expect(codeOf(scan(rows(10_000, 1)))).toBe('too_large');
    table = new ProcessTable();
    table.take(scan({ first: true, last: false, ...rows(0, 9_000) }));
    expect(codeOf(scan({ last: false, ...rows(9_000, 1_001) }))).toBe('too_large');
  });

  it('keeps within its memory by cutting command lines, not by losing processes', () => {
    const command = 'x'.repeat(1_024);
    const of = (pid: number) => identity(pid, { command });
    const all = Array.from({ length: 10_000 }, (_, pid) => pid);
    table.take(scan({ first: true, appeared: all.map(of), values: all.map((pid) => values(pid)) }));
    const lengths = () => new Set([...table.list()].map((row) => row.command?.length));
    expect(lengths()).toEqual(new Set([1_024, 160]));
    for (let turn = 0; turn < 3; turn += 1) {
      table.take(scan({ at: AT + 1 + turn, appeared: all.map(of), values: [] }));
    }
    expect(table.size).toBe(10_000);
    expect(table.bytes).toBeLessThan(10 * 1024 * 1024);
    expect(lengths()).toEqual(new Set([160]));
  });
});
