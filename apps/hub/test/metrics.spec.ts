import { Client } from './client';
import { startHub, type TestHub } from './hub';
import { TestAgent } from './test-agent';

const LINE =
  /^[a-zA-Z_:][\w:]*(?:\{(?:\w+="(?:[^"\\\n]|\\["\\n])*",?)*\})? (?:-?[\d.e+-]+|NaN|[+-]Inf)$/;

describe('metrics for Prometheus', () => {
  let hub: TestHub;
  let now: number;
  let script: Client;

  beforeEach(async () => {
    now = 1_795_000_000_000;
    hub = await startHub({ clock: () => now });
    script = await (await Client.signIn(hub.url)).script('viewer');
  });
  afterEach(() => hub.close());

  const join = async (hostname: string) => {
    const agent = await TestAgent.enroll(hub.url, hostname);
    agent.clock = () => now;
    await agent.ready();
    return agent;
  };
  const scrape = async () => {
    const { status, headers, body } = await script.get('/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    return String(body).trimEnd().split('\n');
  };

  it('are the newest values of every host, in the format and in one piece a family', async () => {
    const agents = [await join('web-1'), await join('web-1'), await join('a"b\\c')];
    for (const [index, agent] of agents.entries()) {
      await agent.send([0, now, [index + 0.5, null, 70]]);
    }
    const lines = await scrape();
    const samples = lines.filter((line) => !line.startsWith('#'));
    for (const line of samples) expect(line).toMatch(LINE);
    const second = agents[1]?.id.slice(0, 8) ?? '';
    const from = lines.indexOf('# TYPE hostdeck_cpu_busy gauge');
    expect(lines.slice(from - 1, from + 4)).toEqual([
      '# HELP hostdeck_cpu_busy CPU busy, percent',
      '# TYPE hostdeck_cpu_busy gauge',
      'hostdeck_cpu_busy{host="web-1"} 0.5',
      `hostdeck_cpu_busy{host="web-1 ${second}"} 1.5`,
      'hostdeck_cpu_busy{host="a\\"b\\\\c"} 2.5',
    ]);
    expect(samples).toContain('hostdeck_filesystem_used_share{host="web-1",instance="/"} 70');
    expect(lines.join('\n')).not.toContain('hostdeck_memory_used_share');
    const families = lines.filter((line) => line.startsWith('# TYPE'));
    expect(new Set(families).size).toBe(families.length);
    for (const agent of agents) await agent.leave();
  });

  it('are also those of the hub', async () => {
    const agent = await join('web-1');
    await agent.send([0, now, [1, 2, 3]], [1, now + 3 * 3_600_000, [1, 2, 3]]);
    await agent.send([0, now, [1, 2, 3]]);
    await agent.send([2, now, [1, 2]]);
    const lines = await scrape();
    expect(lines).toEqual(
      expect.arrayContaining([
        'hostdeck_hub_agents_connected 1',
        'hostdeck_hub_hosts{status="live"} 1',
        'hostdeck_hub_frames_total{outcome="stored"} 2',
        'hostdeck_hub_frames_total{outcome="duplicate"} 1',
        'hostdeck_hub_frames_total{outcome="set_aside"} 1',
        'hostdeck_hub_requests_refused_total 1',
        'hostdeck_hub_commit_seconds_count 1',
        'hostdeck_hub_storage_errors_total 0',
        'hostdeck_host_up{host="web-1"} 1',
        'hostdeck_host_clock_offset_seconds{host="web-1"} 0',
      ]),
    );
    for (const name of ['process_cpu_seconds_total', 'process_resident_memory_bytes']) {
      const value = lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1];
      expect(Number(value)).toBeGreaterThan(0);
    }
    await agent.leave();
  });

  it('leave out what a host was before it went down', async () => {
    const agent = await join('web-1');
    await agent.send([0, now, [1, 2, 3]]);
    now += 40_000;
    for (;;) {
      const lines = await scrape();
      if (lines.includes('hostdeck_hub_hosts{status="down"} 1')) {
        expect(lines).toContain('hostdeck_host_up{host="web-1"} 0');
        expect(lines).toContain('hostdeck_host_data_age_seconds{host="web-1"} 40');
        expect(lines.join('\n')).not.toContain('hostdeck_cpu_busy');
        break;
      }
    }
    await agent.leave();
  });

  it('are for those who may see hosts', async () => {
    expect((await new Client(hub.url).get('/metrics')).status).toBe(401);
  });
});
