import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { ExportLine, FleetSeriesAnswer } from '@hostdeck/contracts';
import { Client } from './client';
import { startHub, type TestHub } from './hub';
import { openStored } from './stored';
import { TestAgent } from './test-agent';

/** What reading history from outside a page looks like, over a real connection. */
describe('history as a file', () => {
  let hub: TestHub;
  let admin: Client;
  let viewer: Client;
  let agents: TestAgent[];
  let start: number;

  beforeAll(async () => {
    hub = await startHub();
    admin = await Client.signIn(hub.url);
    viewer = await admin.script('viewer');
    start = Math.floor((Date.now() - 1_800_000) / 600_000) * 600_000;
    agents = [];
    for (const name of ['=web"\u202e;\r\n', 'db']) {
      const agent = await TestAgent.join(hub.url, name);
      const frames = Array.from({ length: 60 }, (_, seq) => [
        seq,
        start + seq * 10_000,
        [seq, 2, -3],
      ]);
      await agent.send(...(frames as [number, number, number[]][]));
      agents.push(agent);
    }
    await admin.ask(`/api/hosts/${agents[1]?.id ?? ''}`, {
      method: 'PATCH',
      body: { tags: ['db', 'berlin'] },
    });
  });
  afterAll(async () => {
    for (const agent of agents) await agent.leave();
    await hub.close();
  });

  const idOf = (index: number) => agents[index]?.id ?? '';
  const span = () => `from=${start}&to=${start + 600_000}`;
  const hostsOf = (text: unknown) =>
    new Set(
      String(text)
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[1]),
    );

  it('is for every viewer: a table, with a name that does no harm', async () => {
    const { status, headers, body } = await viewer.get(`/api/hosts/${idOf(0)}/export?${span()}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="hostdeck-=web-\d{4}-\d\d-\d\dT\d{6}Z\.csv"$/,
    );
    const lines = String(body).split('\r\n');
    expect(lines[0]).toBe(
      'time,cpu.busy (percent),memory.used_share (percent),filesystem.used_share{/} (percent)',
    );
    expect(lines[1]).toBe(`${new Date(start).toISOString()},0,2,-3`);
    expect(lines).toHaveLength(62);
  });

  it('is lines of JSON with the values of the series', async () => {
    const query = `format=json&metric=cpu.busy&times=epoch&${span()}`;
    const { headers, body } = await viewer.get(`/api/hosts/${idOf(1)}/export?${query}`);
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    expect(headers.get('content-disposition')).toMatch(/filename=hostdeck-db-.*\.ndjson$/);
    const lines = String(body)
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as ExportLine);
    const { series } = await admin.series(idOf(1), {
      metric: 'cpu.busy',
      from: String(start),
      to: String(start + 600_000),
    });
    expect(lines.map(({ time, values }) => [time, values['cpu.busy']])).toEqual(
      series[0]?.points.map(([at, mean]) => [at, mean]),
    );
  });

  it('is of the fleet, of the hosts named, or of those with all the tags', async () => {
    const fleet = (await viewer.get(`/api/export?${span()}`)).body;
    expect(hostsOf(fleet)).toEqual(new Set([idOf(0), idOf(1)]));
    expect(String(fleet)).toContain(`,${idOf(0)},"'=web"`);
    const named = await viewer.get(`/api/export?host=${idOf(0)}&${span()}`);
    expect(hostsOf(named.body)).toEqual(new Set([idOf(0)]));
    const tagged = await viewer.get(`/api/export?tag=db,berlin&${span()}`);
    expect(hostsOf(tagged.body)).toEqual(new Set([idOf(1)]));
  });

  it.each([
    ['an unknown metric', 'metric=cpu.bizzy', 400],
    ['an unknown format', 'format=xml', 400],
    ['an unknown parameter', 'form=csv', 400],
    ['a step nobody can read', 'step=1234', 400],
    ['an empty span', 'from=2000&to=2000', 400],
    ['hosts and tags at once', `tag=db&host=${'f'.repeat(32)}`, 400],
    ['a host that is not there', `host=${'f'.repeat(32)}`, 404],
    ['tags nobody has', 'tag=db&tag=paris', 404],
  ])('is refused for %s, with a problem document', async (_, query, status) => {
    const answer = await viewer.get(`/api/export?${query}`);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('content-disposition')).toBeNull();
    expect(answer.body).toMatchObject({ status });
  });

  it('comes in one answer for several hosts, as series', async () => {
    const query = `metric=cpu.busy&${span()}`;
    const { body } = await viewer.get(`/api/series?host=${idOf(1)}&host=${idOf(0)}&${query}`);
    const answer = body as FleetSeriesAnswer;
    expect(answer.series.map(({ host }) => host)).toEqual([idOf(1), idOf(0)]);
    const own = await admin.series(idOf(0), {
      metric: 'cpu.busy',
      from: String(start),
      to: String(start + 600_000),
    });
    expect(answer).toMatchObject({ from: own.from, to: own.to, step: own.step });
    expect(answer.series[1]).toEqual({ host: idOf(0), ...own.series[0] });
    const means = await viewer.get(`/api/series?host=${idOf(0)},${idOf(1)}&maxPoints=10&${query}`);
    expect(means.body).toMatchObject({ step: 60_000, series: [{ points: { length: 10 } }, {}] });
    expect((await viewer.get(`/api/series?host=${'f'.repeat(32)}&metric=cpu.busy`)).status).toBe(
      404,
    );
    expect((await viewer.get('/api/series?metric=cpu.busy')).status).toBe(400);
  });

  /** Asks without reading on. */
  async function open(path: string): Promise<IncomingMessage> {
    const asking = request(`${hub.url}${path}`, { headers: { cookie: admin.cookie } }).end();
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    return answer;
  }

  it('breaks off when what is stored cannot be read, and never ends as if it were whole', async () => {
    const agent = await TestAgent.join(hub.url, 'broken');
    agents.push(agent);
    const connection = await openStored(hub.dataDir, false);
    const [row] = await connection.all<{ key: number }>('SELECT key FROM hosts WHERE id = ?', [
      agent.id,
    ]);
    // The first window is fine and long enough to be sent at once; the second one is rubbish.
    const seqs = Array.from({ length: 4_000 }, (_, seq) => seq);
    for (let from = 0; from < seqs.length; from += 400) {
      const batches = [0, 100, 200, 300].map((offset) =>
        agent.send(
          ...seqs
            .slice(from + offset, from + offset + 100)
            .map((seq): [number, number, number[]] => [
              seq,
              start + seq * 100,
              [(seq * 7) % 100, seq % 90, 3],
            ]),
        ),
      );
      await Promise.all(batches);
    }
    await connection.run(
      'INSERT INTO chunks (host, start, frames, last_row, bytes) VALUES (?, ?, 1, 0, ?)',
      [row?.key ?? 0, start + 600_000, Buffer.from('rubbish')],
    );
    await connection.close();
    const path = `/api/hosts/${agent.id}/export?metric=cpu.busy,memory.used_share&from=${start}&to=${start + 1_200_000}`;
    const answer = await open(path);
    expect(answer.statusCode).toBe(200);
    let text = '';
    answer.setEncoding('utf8').on('data', (part: string) => (text += part));
    await expect(once(answer, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(text).toMatch(/^time,/);
    expect(hub.log.some(({ msg }) => msg === 'request failed')).toBe(true);
    // Where it fails before the first line is out, the answer says so.
    const early = await viewer.get(
      `/api/hosts/${agent.id}/export?from=${start + 600_000}&to=${start + 1_200_000}`,
    );
    expect(early.body).toMatchObject({ status: 500 });
  });
});
