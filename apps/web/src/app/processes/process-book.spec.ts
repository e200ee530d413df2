import { NOW } from '../../../test/fleet-samples';
import { identity, scan, values } from '../../../test/process-samples';
import { ProcessBook } from './process-book';

describe('what is known of the processes of a host', () => {
  it('is put together from differences; what did not change stays the same object', () => {
    const book = new ProcessBook();
    const before = book.apply(scan([{ pid: 1 }, { pid: 2, memory: 250 }, { pid: 3 }]));
    const after = book.apply(
      scan([], { first: false, total: 3, values: [values({ pid: 1, cpu: 40 })], gone: [3] }),
    );
    expect(after?.rows.map(({ pid, cpu }) => [pid, cpu])).toEqual([
      [1, 40],
      [2, 0],
    ]);
    expect(after?.rows[1]).toBe(before?.rows[1]);
    expect(after?.rows[1]?.memoryShare).toBe(25);
    expect(after?.total).toBe(3);
  });

  it('is a table only when a scan is whole', () => {
    const book = new ProcessBook();
    expect(book.apply(scan([{ pid: 1 }], { last: false }))).toBeNull();
    expect(book.apply(scan([{ pid: 2 }], { first: false }))?.rows).toHaveLength(2);
  });

  it('forgets what was known when a scan is the first again', () => {
    const book = new ProcessBook();
    book.apply(scan([{ pid: 1 }]));
    expect(book.apply(scan([{ pid: 2 }]))?.rows.map(({ pid }) => pid)).toEqual([2]);
  });

  it('tells a process from a later one with the same pid, and not from itself under another name', () => {
    const book = new ProcessBook();
    book.apply(scan([{ pid: 1, cpu: 40 }]));
    const changes = { first: false, values: [] };
    const renamed = book.apply(
      scan([], { ...changes, appeared: [identity({ pid: 1, name: 'sh' })] }),
    );
    expect(renamed?.rows[0]).toMatchObject({ name: 'sh', cpu: 40 });
    const reused = book.apply(
      scan([], { ...changes, appeared: [identity({ pid: 1, started: NOW })] }),
    );
    expect(reused?.rows[0]).toMatchObject({ cpu: null, state: 'other' });
    expect(reused?.rows[0]?.key).not.toBe(renamed?.rows[0]?.key);
  });

  it('takes values of a process it was never told of for nothing', () => {
    const table = new ProcessBook().apply(scan([], { values: [values({ pid: 9 })] }));
    expect(table?.rows).toEqual([]);
  });

  it('knows no share of a memory whose size is not known', () => {
    const table = new ProcessBook().apply(scan([{ pid: 1, memory: 5 }], { memoryTotal: null }));
    expect(table?.rows[0]).toMatchObject({ memory: 5, memoryShare: null });
  });
});
