import { processes } from '../../../test/process-samples';
import { listProcesses, type ProcessFilter, type ProcessOrder } from './process-order';
import { orderAfter, readQuery, writeQuery } from './process-query';
import { treeProcesses } from './process-tree';

const ALL: ProcessFilter = { text: '', user: null, state: null };
const BUSIEST: ProcessOrder = { column: 'cpu', descending: true };

const ROWS = processes(
  { pid: 10, ppid: 0, name: 'init', cpu: 1 },
  { pid: 20, ppid: 10, name: 'Zsh', cpu: null, user: 'ada', command: 'zsh -l' },
  {
    pid: 30,
    ppid: 20,
    name: 'node',
    cpu: 90,
    user: 'ada',
    command: 'node burn.js',
    state: 'running',
  },
  { pid: 40, ppid: 10, name: 'cron', cpu: 5, command: 'cron -f' },
  { pid: 50, ppid: 40, name: 'backup', cpu: 5, user: null },
);

function list(filter: Partial<ProcessFilter> = {}, order: ProcessOrder = BUSIEST): number[] {
  return listProcesses(ROWS, { ...ALL, ...filter }, order).map(({ process }) => process.pid);
}

function tree(filter: Partial<ProcessFilter> = {}, closed: readonly string[] = []) {
  return treeProcesses(ROWS, {
    filter: { ...ALL, ...filter },
    order: BUSIEST,
    closed: new Set(closed),
  }).map(
    ({ process, depth, wanted }) => `${' '.repeat(depth)}${process.name}${wanted ? '' : ' *'}`,
  );
}

describe('the list of processes', () => {
  it('is sorted by any column either way, unknown values last, equals by their pids', () => {
    expect(list()).toEqual([30, 40, 50, 10, 20]);
    expect(list({}, { column: 'cpu', descending: false })).toEqual([10, 40, 50, 30, 20]);
    expect(list({}, { column: 'name', descending: false })).toEqual([50, 40, 10, 30, 20]);
    expect(list({}, { column: 'user', descending: false }).at(-1)).toBe(50);
    expect(list({}, { column: 'state', descending: false })[0]).toBe(30);
  });

  it('is filtered by text in name, command, user and pid, by user and by state', () => {
    expect(list({ text: ' BURN ' })).toEqual([30]);
    expect(list({ text: 'zs' })).toEqual([20]);
    expect(list({ text: '50' })).toEqual([50]);
    expect(list({ user: 'ada' })).toEqual([30, 20]);
    expect(list({ user: 'ada', state: 'running' })).toEqual([30]);
    expect(list({ text: 'nobody' })).toEqual([]);
  });
});

describe('the tree of processes', () => {
  it('has children below their parents, the family of the busiest first', () => {
    expect(tree()).toEqual(['init', ' Zsh', '  node', ' cron', '  backup']);
  });

  it('keeps those that something wanted is below, and says that they are not meant', () => {
    expect(tree({ text: 'burn' })).toEqual(['init *', ' Zsh *', '  node']);
    expect(tree({ text: 'cron' })).toEqual(['init *', ' cron']);
  });

  it('does not show what is below a closed one', () => {
    const zsh = ROWS.find(({ name }) => name === 'Zsh')?.key ?? '';
    expect(tree({}, [zsh])).toEqual(['init', ' Zsh', ' cron', '  backup']);
  });

  it('loses nobody in a circle of parents, of whom one pid was used twice', () => {
    const circle = processes({ pid: 1, ppid: 2 }, { pid: 2, ppid: 3 }, { pid: 3, ppid: 1 });
    const question = { filter: ALL, order: BUSIEST, closed: new Set<string>() };
    const placed = treeProcesses(circle, question);
    expect(placed.map(({ process }) => process.pid).sort()).toEqual([1, 2, 3]);
  });

  it('does not take a later process with the pid of the parent for the parent', () => {
    const rows = processes({ pid: 5, started: 2_000 }, { pid: 6, ppid: 5, started: 1_000 });
    const question = { filter: ALL, order: BUSIEST, closed: new Set<string>() };
    expect(treeProcesses(rows, question).map(({ depth }) => depth)).toEqual([0, 0]);
  });

  it('stands a chain of parents as long as the table', () => {
    const chain = processes(
      ...Array.from({ length: 10_000 }, (_, index) => ({ pid: index + 1, ppid: index })),
    );
    const question = {
      filter: { ...ALL, text: '10000' },
      order: BUSIEST,
      closed: new Set<string>(),
    };
    expect(treeProcesses(chain, question)).toHaveLength(10_000);
  });
});

describe('the address of the table', () => {
  const NONE = { find: null, user: null, state: null, sort: null, tree: null };

  it('says only what is not as usual', () => {
    expect(writeQuery(readQuery(NONE))).toEqual(NONE);
    const query = { find: 'x', user: 'ada', state: 'zombie', sort: '-memory', tree: '1' };
    expect(writeQuery(readQuery(query))).toEqual(query);
  });

  it('is as usual where it says what is not known', () => {
    const odd = { ...NONE, state: 'constructor', sort: '__proto__', tree: 'yes' };
    expect(writeQuery(readQuery(odd))).toEqual(NONE);
  });

  it('turns an order round, and begins a new one as its column is mostly wanted', () => {
    expect(orderAfter(BUSIEST, 'cpu')).toEqual({ column: 'cpu', descending: false });
    expect(orderAfter(BUSIEST, 'memory')).toEqual({ column: 'memory', descending: true });
    expect(orderAfter(BUSIEST, 'name')).toEqual({ column: 'name', descending: false });
  });
});
