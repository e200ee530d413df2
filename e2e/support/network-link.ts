import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const NAMESPACE = `hostdeck-e2e-${String(process.pid)}`;
const NAME = 'hdtest0';
const PEER_ADDRESS = '10.231.7.2';
const PORT = 5001;

function ip(words: string): void {
  execFileSync('ip', words.split(' '), { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** What runs at the far end: whoever connects asks for a number of bytes and gets them. */
const SENDER = `
  require('node:net').createServer((socket) => {
    socket.once('data', (text) => socket.end(Buffer.alloc(Number(text))));
  }).listen(${String(PORT)}, '${PEER_ADDRESS}', () => console.log('listening'));
`;

/** A network interface of this machine whose far end is in a network namespace of its own. Needs root. */
export class NetworkLink {
  readonly name = NAME;

  private constructor(private readonly sender: ChildProcess) {}

  static async create(): Promise<NetworkLink> {
    ip(`netns add ${NAMESPACE}`);
    ip(`link add ${NAME} type veth peer name far0 netns ${NAMESPACE}`);
    ip(`addr add 10.231.7.1/30 dev ${NAME}`);
    ip(`link set ${NAME} up`);
    ip(`-n ${NAMESPACE} addr add ${PEER_ADDRESS}/30 dev far0`);
    ip(`-n ${NAMESPACE} link set far0 up`);
    const sender = spawn('ip', ['netns', 'exec', NAMESPACE, process.execPath, '-e', SENDER], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(sender.stdout, 'data');
    return new NetworkLink(sender);
  }

  /** Bytes the kernel has counted as received. */
  receivedBytes(): number {
    return Number(readFileSync(`/sys/class/net/${NAME}/statistics/rx_bytes`, 'utf8'));
  }

  /** Lets the far end send that many bytes. */
  async receive(bytes: number): Promise<void> {
    const socket = connect(PORT, PEER_ADDRESS);
    socket.write(String(bytes));
    socket.resume();
    await once(socket, 'end');
    socket.destroy();
  }

  remove(): void {
    this.sender.kill('SIGKILL');
    ip(`link del ${NAME}`);
    ip(`netns del ${NAMESPACE}`);
  }
}
