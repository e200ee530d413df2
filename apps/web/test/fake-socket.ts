import type {
  AlertsSnapshot,
  AlertsUpdate,
  CardHistories,
  Failure,
  FleetSnapshot,
  FleetUpdate,
  HostSnapshot,
  HostUpdate,
  ProcessesSnapshot,
  ProcessesUpdate,
  HubPresence,
  Result,
  StorageState,
  Watch,
} from '@hostdeck/contracts';
import type { LiveSocket } from '../src/app/live/live-socket';

type Snapshot = AlertsSnapshot | FleetSnapshot | HostSnapshot | ProcessesSnapshot;
type Answer = { ok: true; snapshot: Snapshot } | Failure;
type Listener = (...words: never[]) => void;

/** Storage that nothing is wrong with. */
export const STORED: StorageState = { error: null, corruptFile: null };

/** The hub's end of the live connection, in the hands of a test. */
export class FakeSocket {
  connected = false;
  /** Whether the client goes on trying by itself. */
  active = true;
  /** Rooms asked for, in order. */
  readonly watched: Watch[] = [];
  readonly unwatched: Watch[] = [];
  attempts = 0;
  /** What the hub answers to the next probes; `null`: nothing at all. */
  presence: Result<HubPresence> | null = null;
  probes = 0;
  private readonly listeners = new Map<string, Listener[]>();
  private readonly answers = new Map<string, Answer>();

  /** As the page sees it. */
  get socket(): LiveSocket {
    // The page uses these members of a socket and no others.
    return this as unknown as LiveSocket;
  }

  on(event: string, listener: Listener): this {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    return this;
  }

  connect(): this {
    this.attempts += 1;
    return this;
  }

  disconnect(): this {
    if (this.connected) this.drop();
    return this;
  }

  emit(event: 'probe', ack: (answer: Result<HubPresence>) => void): this;
  emit(event: 'watch' | 'unwatch', watch: Watch, ack: (answer: Answer) => void): this;
  emit(
    ...words:
      | [event: 'probe', ack: (answer: Result<HubPresence>) => void]
      | [event: 'watch' | 'unwatch', watch: Watch, ack: (answer: Answer) => void]
  ): this {
    if (words[0] === 'probe') {
      this.probes += 1;
      if (this.presence !== null) words[1](this.presence);
      return this;
    }
    const [event, watch, ack] = words;
    if (event === 'unwatch') {
      this.unwatched.push(watch);
      return this;
    }
    this.watched.push(watch);
    const answer = this.answers.get(roomOf(watch));
    if (answer !== undefined) ack(answer);
    return this;
  }

  /** What the hub answers to a watch of a room. */
  answer(watch: Watch, answer: Answer): void {
    this.answers.set(roomOf(watch), answer);
  }

  accept(): void {
    this.connected = true;
    this.send('connect');
  }

  drop(): void {
    this.connected = false;
    this.send('disconnect');
  }

  refuse(): void {
    this.active = false;
    this.send('connect_error', new Error('unauthorized'));
  }

  fleet(update: FleetUpdate): void {
    this.send('fleet', update);
  }

  cardHistories(part: CardHistories): void {
    this.send('cardHistories', part);
  }

  alerts(update: AlertsUpdate): void {
    this.send('alerts', update);
  }

  host(update: HostUpdate): void {
    this.send('host', update);
  }

  processes(update: ProcessesUpdate): void {
    this.send('processes', update);
  }

  storage(state: StorageState): void {
    this.send('storage', state);
  }

  signOut(): void {
    this.send('signedOut');
  }

  private send(event: string, ...words: unknown[]): void {
    for (const listener of this.listeners.get(event) ?? []) {
      (listener as (...all: unknown[]) => void)(...words);
    }
  }
}

function roomOf(watch: Watch): string {
  return 'hostId' in watch ? `${watch.room}:${watch.hostId}` : watch.room;
}
