import type {
  Alert,
  AlertRule,
  HostStatus,
  HostSummary,
  IncidentMessage,
  IncidentSummary,
  List,
} from '@hostdeck/contracts';
import { Client } from '../client';
import { eventually } from '../events';
import { startHub, type TestHub } from '../hub';
import { readTable } from '../stored';
import { TestAgent } from '../test-agent';

const START = 1_795_000_000_000;

/** What of a message a scenario is about. */
export type Said = readonly [kind: IncidentMessage['kind'], title: string];

/** A hub on a clock of its own, with the means to let hosts send, time pass, and to read what was said. */
export class AlertHub {
  now = START;
  private readonly agents: TestAgent[] = [];
  private readonly seqs = new Map<TestAgent, number>();
  private sentinel: TestAgent | null = null;
  private markers = 0;

  private constructor(
    private hub: TestHub,
    public admin: Client,
  ) {}

  /**
   * @param options.rules whether the rules that come with Hostdeck stay
   * @param options.at when the clock begins
   */
  static async start({
    rules = false,
    at = START,
  }: { readonly rules?: boolean; readonly at?: number } = {}): Promise<AlertHub> {
    let scenario: AlertHub | null = null;
    const hub = await startHub({ clock: () => scenario?.now ?? at });
    scenario = new AlertHub(hub, await Client.signIn(hub.url));
    scenario.now = at;
    if (!rules) {
      for (const { id } of await scenario.rules()) {
        await scenario.admin.ask(`/api/alert-rules/${id}`, { method: 'DELETE' });
      }
    }
    return scenario;
  }

  get url(): string {
    return this.hub.url;
  }

  get dataDir(): string {
    return this.hub.dataDir;
  }

  /** Waits until something was logged. */
  async logged(words: string): Promise<void> {
    await eventually(
      () => this.hub.log.some(({ msg }) => msg.includes(words)),
      (found) => found,
    );
  }

  async rules(): Promise<AlertRule[]> {
    return ((await this.admin.get('/api/alert-rules')).body as List<AlertRule>).items;
  }

  async addRule(rule: object): Promise<AlertRule> {
    const { status, body } = await this.admin.post('/api/alert-rules', rule);
    if (status !== 201) throw new Error(`the rule was refused: ${JSON.stringify(body)}`);
    return body as AlertRule;
  }

  /** Lets a host join, with tags if given. */
  async join(name: string, tags: readonly string[] = []): Promise<TestAgent> {
    const agent = await TestAgent.enroll(this.url, name);
    agent.clock = () => this.now;
    await agent.ready();
    if (tags.length > 0) {
      await this.admin.ask(`/api/hosts/${agent.id}`, { method: 'PATCH', body: { tags } });
    }
    this.agents.push(agent);
    return agent;
  }

  /** Sends a frame of now: CPU, memory and filesystem in percent. */
  async send(agent: TestAgent, cpu: number | null, rest: readonly (number | null)[] = [20, 30]) {
    const seq = this.seqs.get(agent) ?? 0;
    this.seqs.set(agent, seq + 1);
    const result = await agent.send([seq, this.now, [cpu, ...rest]]);
    if (!result.ok) throw new Error(`a frame was refused: ${result.message}`);
  }

  /** Sends the same for a while, every ten seconds, and lets that time pass. */
  async keepSending(agents: readonly TestAgent[], seconds: number, cpu: number): Promise<void> {
    for (let second = 0; second < seconds; second += 10) {
      await Promise.all(agents.map((agent) => this.send(agent, cpu)));
      this.now += 10_000;
    }
  }

  /** Stops the hub for a time and starts it again on its data; agents connect anew. */
  async restart(off = 0): Promise<void> {
    for (const agent of this.agents) await agent.leave();
    this.hub = await this.hub.restart(() => {
      this.now += off;
    });
    this.admin = await Client.signIn(this.url);
    if (this.sentinel !== null) await this.sentinel.ready(this.url);
  }

  /** Everything that was handed over to be sent, in its order; nothing of the sentinel. */
  async messages(): Promise<IncidentMessage[]> {
    const rows = await readTable(this.hub.dataDir, 'notification_messages');
    return rows
      .map(({ body }) => JSON.parse(String(body)) as IncidentMessage)
      .filter(({ hosts }) => hosts.every(({ id }) => id !== this.sentinel?.id))
      .sort((one, other) => one.sentAt - other.sentAt);
  }

  /** Waits until that many messages were handed over, and gives their kinds and titles. */
  async said(count: number): Promise<Said[]> {
    const messages = await eventually(
      () => this.messages(),
      (all) => all.length >= count,
    );
    return messages.map(({ kind, title }): Said => [kind, title]);
  }

  /** Waits until the hub shows that status of a host. */
  async becomes(agent: TestAgent, status: HostStatus): Promise<void> {
    await eventually(
      async () => (await this.admin.get(`/api/hosts/${agent.id}`)).body as HostSummary,
      (host) => host.status === status,
    );
  }

  /**
   * Lets seven seconds pass and waits until the hub has done everything that is due by then: it has judged a host that joined last, and
   * an alert of that host is in an incident, with which everything else of that moment is stored.
   */
  async settled(): Promise<void> {
    this.sentinel ??= await this.join('sentinel', ['sentinel']);
    const { sentinel } = this;
    await this.send(sentinel, 0);
    this.now += 7_000;
    await this.becomes(sentinel, 'stale');
    this.markers += 1;
    const name = `marker ${this.markers}`;
    await this.addRule({
      name,
      severity: 'info',
      hosts: { tags: ['sentinel'] },
      condition: { kind: 'below', metric: 'cpu.busy', threshold: 101 },
    });
    await this.send(sentinel, 0);
    await eventually(
      async () => (await this.admin.get(`/api/alerts?host=${sentinel.id}`)).body as List<Alert>,
      ({ items }) => items.some(({ ruleName }) => ruleName === name),
    );
  }

  async incidents(query = ''): Promise<IncidentSummary[]> {
    return ((await this.admin.get(`/api/incidents${query}`)).body as List<IncidentSummary>).items;
  }

  async close(): Promise<void> {
    for (const agent of this.agents) await agent.leave();
    await this.hub.close();
  }
}
