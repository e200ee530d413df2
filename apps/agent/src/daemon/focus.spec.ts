import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, type Frame, type ProcessScan } from '@hostdeck/contracts';
import { AgentUnderTest } from '../../test/agent-under-test';
import { ProcessTree } from '../../test/process-tree';
import { TestHub } from '../../test/test-hub';

describe('an agent whose processes somebody looks at', () => {
  let hub: TestHub;
  let tree: ProcessTree;
  let agent: AgentUnderTest;

  beforeEach(async () => {
    tree = new ProcessTree();
    tree.set(7, { command: 'app\0--password\0S3cret\0', pages: 9 });
    hub = new TestHub();
    hub.interval = 60_000;
    await hub.start();
    agent = await AgentUnderTest.join(hub, { processes: (options) => tree.sources(options) });
    agent.daemon.start();
    await hub.reportWhere(() => true);
  });
  afterEach(async () => {
    await agent.dispose();
    await hub.stop();
    tree.dispose();
  });

  const nextScan = async () => (await once(hub, 'scan'))[0] as ProcessScan;
  const status = () =>
    JSON.parse(readFileSync(join(agent.stateDir, 'status.json'), 'utf8')) as {
      interval: number;
      reason: string;
    };

  it('samples faster and sends them, first all and then what changed, until nobody looks', async () => {
    const watched = hub.reportWhere(({ reason }) => reason === 'watched');
    const first = nextScan();
    hub.focus({ lease: 60_000, processes: true });
    const { appeared, values } = await first;
    expect(await first).toMatchObject({ first: true, last: true, total: 2, gone: [] });
    expect(appeared.map(({ pid }) => pid)).toEqual([1, 7]);
    expect(values.map(([pid]) => pid)).toEqual([1, 7]);
    expect(await watched).toMatchObject({ interval: 1_000, reason: 'watched' });

    tree.pass({ uptime: 1_010, busy: 0 });
    await nextScan();
    tree.set(8, { name: 'new' });
    tree.remove(7);
    tree.pass({ uptime: 1_020, busy: 0 });
    const change = await nextScan();
    expect(change).toMatchObject({ first: false, last: true, total: 2, gone: [7] });
    expect(change.appeared.map(({ name }) => name)).toEqual(['new']);

    const over = hub.reportWhere(({ reason }) => reason === 'set');
    hub.focus({ lease: 0, processes: false });
    expect(await over).toMatchObject({ interval: 60_000 });
    let late = 0;
    hub.on('scan', () => (late += 1));
    // Longer than the watched interval.
    const again = hub.reportWhere(({ reason }) => reason === 'watched');
    hub.focus({ lease: 1_500, processes: false });
    await again;
    await hub.reportWhere(({ reason }) => reason === 'set');
    expect(late).toBe(0);
  });

  it('begins anew when the hub has lost what it had, and sends nothing more while the hub does not answer', async () => {
    const scans: ProcessScan[] = [];
    hub.on('scan', (scan) => scans.push(scan));
    hub.judgeScan = () => failure('out_of_order', 'what came before is not known');
    hub.focus({ lease: 60_000, processes: true });
    await nextScan();
    hub.judgeScan = () => ({ ok: true });
    await nextScan();
    expect(scans.map(({ first }) => first)).toEqual([true, true]);
    hub.judgeScan = () => 'no answer';
    await nextScan();
    const frames = hub.arrivals.length;
    while (hub.arrivals.length < frames + 3) await once(hub, 'batch');
    expect(scans.map(({ first }) => first)).toEqual([true, true, false]);
  });

  it('begins anew with a hub that went away and came back', async () => {
    hub.focus({ lease: 120_000, processes: true });
    await nextScan();
    await hub.stop();
    await hub.start();
    expect(await nextScan()).toMatchObject({ first: true });
  });

  it('stands any number of people coming and going', async () => {
    let scans = 0;
    hub.on('scan', () => (scans += 1));
    const before = hub.arrivals.length;
    const stop = performance.now() + 3_000;
    for (let times = 0; performance.now() < stop; times += 1) {
      for (let burst = 0; burst < 50; burst += 1) {
        hub.focus({ lease: burst % 2 === 0 ? 0 : 60_000, processes: times % 2 === 0 });
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    // The beat went on, and no more was scanned than for one who looks.
    expect(hub.arrivals.length).toBeGreaterThan(before);
    expect(scans).toBeLessThanOrEqual(7);
    const next = nextScan();
    hub.focus({ lease: 60_000, processes: true });
    await next;
  });

  it('keeps secrets in command lines to itself, on the wire and on disk', async () => {
    const culprits = hub.batchWhere(({ frames }) => frames.some(({ length }) => length > 3));
    hub.focus({ lease: 60_000, processes: true });
    const scan = await nextScan();
    expect(scan.appeared.at(-1)?.command).toBe('app --password ***');
    const frame: Frame | undefined = [...hub.stored.values(), ...(await culprits).frames].find(
      ([, , , found]) => found !== undefined,
    );
    expect(frame?.[3]?.map(([pid]) => pid)).toEqual([7, 1]);
    expect(frame?.[3]?.[0]?.[4]).toBe('app --password ***');

    hub.sendSettings({ interval: 60_000, commandLines: 'hidden' });
    const hidden = await nextScan();
    expect(hidden).toMatchObject({ first: true });
    expect(hidden.appeared.map(({ command }) => command)).toEqual([null, null]);

    const files = readdirSync(agent.stateDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    const outbox = files.filter((text) => text.includes('app --password ***'));
    expect(outbox.length).toBeGreaterThan(0);
    for (const text of [...files, ...hub.received]) expect(text).not.toContain('S3cret');
    expect(status().interval).toBe(1_000);
  });
});
