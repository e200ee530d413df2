import { rm } from 'node:fs/promises';
import { temporaryFolder } from '../hub';
import { HttpReceiver } from './http-receiver';
import { Notifying } from './notifying';

/** A queue with a clock of its own and a receiver of webhooks, new for every test. */
export class WebhookQueue {
  /** What the clock shows. */
  now = 0;
  private folder = '';
  private opened: { readonly receiver: HttpReceiver; notifying: Notifying } | null = null;

  constructor() {
    beforeEach(async () => {
      this.now = 1_700_000_000_000;
      this.folder = await temporaryFolder();
      this.opened = { receiver: await HttpReceiver.start(), notifying: await this.open() };
    });
    afterEach(async () => {
      await this.notifying.close();
      await this.receiver.close();
      await rm(this.folder, { recursive: true, force: true });
    });
  }

  get receiver(): HttpReceiver {
    if (this.opened === null) throw new Error('outside of a test');
    return this.opened.receiver;
  }

  get notifying(): Notifying {
    if (this.opened === null) throw new Error('outside of a test');
    return this.opened.notifying;
  }

  /** Stops and starts on the same data. @param timeout how long a receiver may take, ms */
  async reopen(timeout?: number): Promise<void> {
    await this.notifying.close();
    if (this.opened !== null) this.opened.notifying = await this.open(timeout);
  }

  /** Makes a webhook that the default route leads to. */
  webhook(pace = {}) {
    return this.notifying.channel({
      kind: 'webhook',
      config: { url: `${this.receiver.url}/in` },
      pace,
    });
  }

  /** Titles in what arrived, by request. */
  titles(): string[][] {
    return this.receiver.bodies.map((body) =>
      (body as { messages: { title: string }[] }).messages.map(({ title }) => title),
    );
  }

  /** Idempotency keys of what arrived. */
  keys(): unknown[] {
    return this.receiver.received.map(({ headers }) => headers['idempotency-key']);
  }

  private open(timeout?: number): Promise<Notifying> {
    const options = timeout === undefined ? {} : { timeout };
    return Notifying.open(this.folder, { now: () => this.now, ...options });
  }
}
