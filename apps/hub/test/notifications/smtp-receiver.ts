import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What is said instead of the usual at one step; `null` closes the connection there. */
export type Reply = string | null;

/** Steps at which a server can behave otherwise. */
export type Step = 'greeting' | 'MAIL' | 'RCPT' | 'DATA' | 'message';

/** A mail as it arrived. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

const USUAL: Readonly<Record<Step, string>> = {
  greeting: '220 receiver ready',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  message: '250 taken',
};

/** A mail server on loopback (RFC 5321, as much of it as a client needs). */
export class SmtpReceiver {
  readonly received: ReceivedMail[] = [];
  /** Tells what to say otherwise, once for each. */
  readonly next: { step: Step; reply: Reply }[] = [];

  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SmtpReceiver> {
    const server = createServer();
    const receiver = new SmtpReceiver(server);
    server.on('connection', (socket) => receiver.serve(socket));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return receiver;
  }

  get port(): number {
    // It listens on a port, so that it has an address.
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    let from = '';
    let to: string[] = [];
    let waiting = '';
    let isMessage = false;
    const say = (step: Step) => {
      const index = this.next.findIndex((other) => other.step === step);
      const reply = index === -1 ? USUAL[step] : this.next.splice(index, 1)[0]?.reply;
      if (reply === null || reply === undefined) socket.destroy();
      else socket.write(`${reply}\r\n`);
      return reply === USUAL[step];
    };
    const command = (line: string) => {
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'EHLO' || word === 'HELO') socket.write('250 receiver\r\n');
      else if (word === 'MAIL') {
        from = /<(.*)>/.exec(line)?.[1] ?? '';
        to = [];
        say('MAIL');
      } else if (word === 'RCPT') {
        if (say('RCPT')) to.push(/<(.*)>/.exec(line)?.[1] ?? '');
      } else if (word === 'DATA') isMessage = say('DATA');
      else if (word === 'QUIT') socket.end('221 bye\r\n');
      else socket.write('502 no such command\r\n');
    };
    say('greeting');
    socket.setEncoding('utf8').on('data', (text: string) => {
      waiting += text;
      for (;;) {
        const end = isMessage ? '\r\n.\r\n' : '\r\n';
        const index = waiting.indexOf(end);
        if (index === -1) return;
        const part = waiting.slice(0, index);
        waiting = waiting.slice(index + end.length);
        if (isMessage) {
          isMessage = false;
          this.received.push({ from, to, text: part });
          say('message');
        } else command(part);
      }
    });
  }
}
