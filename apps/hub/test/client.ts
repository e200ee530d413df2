import {
  LIVE_NAMESPACE,
  type BrowserToHubEvents,
  type CreatedApiToken,
  type CreatedEnrollmentToken,
  type HubToBrowserEvents,
  type Role,
  type SeriesAnswer,
} from '@hostdeck/contracts';
import { io, type Socket } from 'socket.io-client';
import { ADMIN } from './hub';

export type LiveClient = Socket<HubToBrowserEvents, BrowserToHubEvents>;

/** An answer of the REST interface. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

interface Asking {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody who uses the REST interface: nobody, a person with a cookie, or a script with a token. */
export class Client {
  constructor(
    readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** Its cookie; empty when it has none. */
  get cookie(): string {
    return this.headers.cookie ?? '';
  }

  static async signIn(
    url: string,
    { username, password }: { username: string; password: string } = ADMIN,
  ): Promise<Client> {
    const answer = await new Client(url).post('/api/auth/login', { username, password });
    return Client.fromCookie(url, answer);
  }

  /** The one an answer has signed in. */
  static fromCookie(url: string, answer: Answer): Client {
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie === undefined) throw new Error(`no cookie: ${JSON.stringify(answer.body)}`);
    return new Client(url, { cookie });
  }

  async ask(path: string, { method = 'GET', body, headers = {} }: Asking = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...this.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  }

  get(path: string): Promise<Answer> {
    return this.ask(path);
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.ask(path, { method: 'POST', body });
  }

  async joinToken(body: object = {}): Promise<CreatedEnrollmentToken> {
    return (await this.post('/api/enrollment-tokens', body)).body as CreatedEnrollmentToken;
  }

  /** A script with a token of that role. */
  async script(role: Role): Promise<Client> {
    const { body } = await this.post('/api/tokens', { name: `script of ${role}`, role });
    return new Client(this.url, { authorization: `Bearer ${(body as CreatedApiToken).token}` });
  }

  async series(hostId: string, query: Readonly<Record<string, string>>): Promise<SeriesAnswer> {
    const words = new URLSearchParams(query).toString();
    return (await this.get(`/api/hosts/${hostId}/series?${words}`)).body as SeriesAnswer;
  }

  /** A dashboard's socket; the caller closes it. */
  live(headers: Readonly<Record<string, string>> = {}): LiveClient {
    return io(`${this.url}${LIVE_NAMESPACE}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { ...this.headers, ...headers },
    });
  }
}
