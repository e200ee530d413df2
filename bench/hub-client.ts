import {
  LIVE_NAMESPACE,
  type AlertRule,
  type BrowserToHubEvents,
  type HostSummary,
  type HubToBrowserEvents,
  type List,
  type SeriesAnswer,
} from '@hostdeck/contracts';
import { io, type Socket } from 'socket.io-client';
import { ADMIN, type Hub } from './programs';

const NEWLINE = 0x0a;

export type LiveSocket = Socket<HubToBrowserEvents, BrowserToHubEvents>;

/** A signed-in person's view of the hub: REST and live feed. */
export class HubClient {
  private constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  static async signIn(hub: Hub): Promise<HubClient> {
    const response = await fetch(`${hub.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ADMIN),
    });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (!response.ok || cookie === undefined) {
      throw new Error(`sign-in answered ${String(response.status)}: ${await response.text()}`);
    }
    return new HubClient(hub.url, cookie);
  }

  private async get(path: string): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, { headers: { cookie: this.cookie } });
    if (!response.ok) {
      throw new Error(`${path} answered ${String(response.status)}: ${await response.text()}`);
    }
    return response.json();
  }

  /** Asks for a change. @returns the answer's body; `null` for an empty one */
  async change(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { cookie: this.cookie, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  async rules(): Promise<readonly AlertRule[]> {
    return ((await this.get('/api/alert-rules')) as List<AlertRule>).items;
  }

  async hosts(): Promise<readonly HostSummary[]> {
    const items: HostSummary[] = [];
    let cursor: string | undefined;
    do {
      const page = (await this.get(
        `/api/hosts?limit=1000${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      )) as List<HostSummary>;
      items.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return items;
  }

  /** Has a host sample at its set interval also while the machine is too busy for it. */
  async keepInterval(hostId: string): Promise<void> {
    const response = await fetch(`${this.url}/api/hosts/${hostId}/settings`, {
      method: 'PUT',
      headers: { cookie: this.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ adaptive: false }),
    });
    if (!response.ok) {
      throw new Error(`settings answered ${String(response.status)}: ${await response.text()}`);
    }
  }

  async series(hostId: string, query: Readonly<Record<string, string>>): Promise<SeriesAnswer> {
    return (await this.get(
      `/api/hosts/${hostId}/series?${new URLSearchParams(query).toString()}`,
    )) as SeriesAnswer;
  }

  /** Takes a host's history as a file, part by part, and counts what comes. */
  async export(
    hostId: string,
    query: Readonly<Record<string, string>>,
  ): Promise<{ bytes: number; lines: number }> {
    const path = `/api/hosts/${hostId}/export?${new URLSearchParams(query).toString()}`;
    const response = await fetch(`${this.url}${path}`, { headers: { cookie: this.cookie } });
    if (!response.ok || response.body === null) {
      throw new Error(`${path} answered ${String(response.status)}: ${await response.text()}`);
    }
    let [bytes, lines] = [0, 0];
    const reader = response.body.getReader();
    for (;;) {
      const { done, value: part } = await reader.read();
      if (done) break;
      bytes += part.length;
      for (const byte of part) if (byte === NEWLINE) lines += 1;
    }
    return { bytes, lines };
  }

  /** Opens a dashboard's socket. */
  live(): LiveSocket {
    return io(`${this.url}${LIVE_NAMESPACE}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: this.cookie, origin: this.url },
    });
  }
}
