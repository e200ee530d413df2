import type { Frame, SeqRange } from '@hostdeck/contracts';
import type { TestAgent } from './test-agent';

/** Most frames in a batch of old ones. */
const BATCH = 50;
/** Batches of old frames on their way at once. */
const BATCHES = 2;

/** An agent that keeps what it samples until it is acked, and brings the newest first: what the real one does, in little. */
export class KeepingAgent {
  /** Everything sampled, in order. */
  readonly sampled: Frame[] = [];
  /** What is not acked, by number. */
  private readonly kept = new Map<number, Frame>();
  private readonly onTheWay = new Set<number>();
  private timer: NodeJS.Timeout | null = null;
  private backlogBatches = 0;
  private isOnline = false;
  /** Frames acked. */
  acked = 0;

  constructor(
    readonly agent: TestAgent,
    private readonly start: number,
  ) {}

  get keptCount(): number {
    return this.kept.size;
  }

  /** Begins to sample, whether or not there is a hub. */
  begin(every: number): void {
    this.timer = setInterval(() => this.sample(), every);
  }

  end(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  /** Connects and goes on where the hub is. */
  async connect(url: string): Promise<void> {
    const [oldest] = this.kept.keys();
    await this.agent.connectTo(url);
    const hello = await this.agent.hello({
      oldestSeq: oldest ?? null,
      newestSeq: this.sampled.at(-1)?.[0] ?? null,
    });
    if (!hello.ok) throw new Error(`hello was refused: ${hello.message}`);
    await this.agent.schema(1, ['cpu.busy', 'memory.used_share', 'filesystem.used_share{/}']);
    for (const range of hello.stored) this.forget(range);
    this.onTheWay.clear();
    this.backlogBatches = 0;
    this.isOnline = true;
    this.agent.socket.once('disconnect', () => {
      this.isOnline = false;
    });
    this.shipBacklog();
  }

  private sample(): void {
    const seq = this.sampled.length;
    const frame: Frame = [seq, this.start + seq * 1_000, [(seq % 1_000) / 10, 2, 3]];
    this.sampled.push(frame);
    this.kept.set(seq, frame);
    if (this.isOnline) void this.ship([frame]);
  }

  private shipBacklog(): void {
    while (this.isOnline && this.backlogBatches < BATCHES) {
      const batch: Frame[] = [];
      for (const [seq, frame] of this.kept) {
        if (!this.onTheWay.has(seq)) batch.push(frame);
        if (batch.length === BATCH) break;
      }
      if (batch.length === 0) return;
      this.backlogBatches += 1;
      void this.ship(batch).then((isSent) => {
        this.backlogBatches -= 1;
        if (isSent) this.shipBacklog();
      });
    }
  }

  /** @returns whether the hub answered */
  private async ship(frames: readonly Frame[]): Promise<boolean> {
    const { socket } = this.agent;
    for (const [seq] of frames) this.onTheWay.add(seq);
    const result = await this.agent.send(...frames).catch(() => null);
    // The socket has been replaced meanwhile: what was on the way begins anew.
    if (result === null || this.agent.socket !== socket) return false;
    for (const [seq] of frames) {
      this.onTheWay.delete(seq);
      if (result.ok && this.kept.delete(seq)) this.acked += 1;
    }
    if (!result.ok) {
      await new Promise((resolve) => {
        setTimeout(resolve, result.retryAfter ?? 100);
      });
    }
    return true;
  }

  private forget([first, last]: SeqRange): void {
    for (const seq of this.kept.keys()) if (seq >= first && seq <= last) this.kept.delete(seq);
  }
}
