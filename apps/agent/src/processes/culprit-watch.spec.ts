import { CulpritsSchema, type Culprit } from '@hostdeck/contracts';
import { PAGE, ProcessTree } from '../../test/process-tree';

/** Time between two passes, s. */
const PASS = 10;

describe('the culprits', () => {
  let tree: ProcessTree;
  let uptime: number;
  let busy: number;

  beforeEach(() => {
    tree = new ProcessTree();
    uptime = 1_000;
    busy = 0;
  });
  afterEach(() => tree.dispose());

  /** Lets ten seconds pass, in which processes spend `used` ticks, and samples. */
  const pass = async (watch: ReturnType<ProcessTree['sources']>['culprits'], used = 0) => {
    uptime += PASS;
    busy += used;
    tree.pass({ uptime, busy });
    const culprits = await watch.sample(uptime * 1_000);
    expect(CulpritsSchema.safeParse(culprits).success).toBe(true);
    return culprits;
  };
  const find = (culprits: readonly Culprit[], pid: number) => culprits.find(([id]) => id === pid);

  it('are those that use most by CPU and by memory, each once, with their command lines redacted', async () => {
    for (let pid = 100; pid < 150; pid += 1) tree.set(pid, { pages: 1_000 + pid });
    const { culprits } = tree.sources();
    const first = await pass(culprits);
    expect(first.map(([pid]) => pid)).toEqual([149, 148, 147, 146, 145, 144, 143, 142, 141, 140]);
    expect(first[0]?.slice(5)).toEqual([null, 1_149 * PAGE]);
    for (let pid = 100; pid < 112; pid += 1) {
      const command = `app\0--password\0S3cret\0${'x'.repeat(200)}\0`;
      tree.set(pid, { pages: 1_000 + pid, cpu: pid - 99, command });
    }
    const second = await pass(culprits, 78);
    expect(second).toHaveLength(20);
    expect(find(second, 111)?.[5]).toBe(1.2);
    expect(find(second, 101)).toBeUndefined();
    expect(find(second, 111)?.[4]).toMatch(/^app --password \*\*\* x+…$/);
    expect(find(second, 111)?.[4]).toHaveLength(160);
    expect(JSON.stringify(second)).not.toContain('S3cret');
  });

  it('are found in the same pass although they did nothing for long', async () => {
    for (let pid = 100; pid < 400; pid += 1) tree.set(pid, { pages: 50 });
    const { culprits } = tree.sources();
    for (let times = 0; times < 20; times += 1) await pass(culprits);
    for (const pid of [300, 301]) tree.set(pid, { pages: 50, cpu: 800 });
    const found = await pass(culprits, 1_600);
    // All of it was in these ten seconds, although they were read longer ago.
    expect([find(found, 300)?.[5], find(found, 301)?.[5]]).toEqual([80, 80]);
  });

  it('are found without reading those that do nothing each time', async () => {
    for (let pid = 100; pid < 1_100; pid += 1) tree.set(pid, { pages: 50 });
    const { culprits } = tree.sources();
    for (let times = 0; times < 10; times += 1) await pass(culprits);
    // One that is gone is noticed when it is read.
    for (let pid = 100; pid < 1_100; pid += 1) tree.vanish(pid, 'stat');
    const left = new Set<number>();
    for (let times = 0; times < 6; times += 1) {
      for (const [pid] of await pass(culprits)) left.add(pid);
    }
    expect(left.size).toBeGreaterThan(50);
    for (let times = 0; times < 6; times += 1) await pass(culprits);
    expect((await pass(culprits)).map(([pid]) => pid)).toEqual([1]);
  });

  it('count what was told of children that have ended as explained', async () => {
    tree.set(50, { name: 'make', cpu: 1 });
    for (let pid = 100; pid < 200; pid += 1) tree.set(pid, { pages: 50 });
    const { culprits } = tree.sources();
    for (let times = 0; times < 10; times += 1) await pass(culprits);
    tree.set(50, { name: 'make', cpu: 31 });
    await pass(culprits, 30);
    // A child that nobody saw: its parent has its time. Idle ones need not be read for it, so this is not noticed yet.
    tree.set(50, { name: 'make', cpu: 32, children: 500 });
    const idle = [...Array(50).keys()]
      .map((index) => 150 + index)
      .find((pid) => (pid + 12) % 12 === 5);
    tree.set(idle ?? 0, { pages: 50, cpu: 20 });
    const found = await pass(culprits, 521);
    expect(find(found, idle ?? 0)?.[5] ?? null).toBeNull();
  });

  it('do not have all processes read in each pass for what short-lived ones used', async () => {
    for (let pid = 100; pid < 1_100; pid += 1) tree.set(pid, { pages: 50 });
    const { culprits } = tree.sources();
    for (let times = 0; times < 10; times += 1) await pass(culprits, 1_000);
    for (let pid = 100; pid < 1_100; pid += 1) tree.vanish(pid, 'stat');
    // As much as before is unexplained, so that it is not taken for one of those.
    expect((await pass(culprits, 1_000)).length).toBeGreaterThan(1);
    expect((await pass(culprits, 2_500)).map(([pid]) => pid)).toEqual([1]);
  });

  it('have the whole time of one that began since the pass before, and of another one under its pid', async () => {
    const { culprits } = tree.sources();
    tree.set(7, { cpu: 90_000 });
    await pass(culprits);
    await pass(culprits);
    const started = (uptime + 5) * 100;
    tree.set(7, { cpu: 250, started });
    tree.set(8, { cpu: 500, started });
    const found = await pass(culprits, 750);
    expect([find(found, 7)?.[5], find(found, 8)?.[5]]).toEqual([50, 100]);
    expect(find(found, 7)?.[1]).toBe(find(found, 8)?.[1]);
  });

  it('are told apart from another one under the same pid whose file was held open', async () => {
    const { culprits } = tree.sources();
    tree.set(7, { name: 'old', cpu: 100, pages: 900 });
    await pass(culprits);
    tree.set(7, { name: 'old', cpu: 200, pages: 900 });
    expect(find(await pass(culprits, 100), 7)?.[5]).toBe(10);
    // Read through the file that is open since the pass before.
    tree.set(7, { name: 'old', cpu: 400, pages: 900 });
    expect(find(await pass(culprits, 200), 7)?.[5]).toBe(20);
    tree.remove(7);
    tree.set(7, { name: 'new', cpu: 500, started: (uptime + 5) * 100 });
    const found = find(await pass(culprits, 500), 7);
    expect([found?.[2], found?.[5]]).toEqual(['new', 100]);
    tree.remove(7);
    expect(find(await pass(culprits), 7)).toBeUndefined();
  });

  it('are not those that the settings skip', async () => {
    tree.set(7, { name: 'secretd', pages: 9_000 });
    const { culprits } = tree.sources();
    expect(find(await pass(culprits), 7)).toBeDefined();
    tree.settings = { ...tree.settings, processes: { include: [], skip: ['secret?'] } };
    expect(find(await pass(culprits), 7)).toBeUndefined();
  });

  it('say that processes are hidden where they are', async () => {
    tree.vanish(1, 'stat');
    const { culprits } = tree.sources();
    await pass(culprits);
    expect(culprits.problem).toContain('hidepid');
  });
});
