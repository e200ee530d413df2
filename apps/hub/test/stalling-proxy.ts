import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy in front of a hub that can stop passing anything on, as a network does that is gone without a word. */
export class StallingProxy {
  private readonly sockets = new Set<Socket>();
  private stalled = false;
  private readonly server = createServer((near) => {
    const far = connect(this.port, this.host);
    this.pass(near, far);
    this.pass(far, near);
  });

  private constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  static async before(url: string): Promise<StallingProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new StallingProxy(hostname, Number(port));
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    // Listening on a port, not on a pipe: it has an address.
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** From now on nothing is passed on, not even that a side has closed. */
  stall(): void {
    this.stalled = true;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private pass(from: Socket, to: Socket): void {
    this.sockets.add(from);
    from.on('data', (data) => {
      if (!this.stalled) to.write(data);
    });
    from.on('error', () => from.destroy());
    from.on('close', () => {
      this.sockets.delete(from);
      if (!this.stalled) to.destroy();
    });
  }
}
