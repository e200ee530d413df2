import { BlockList, isIP, isIPv6 } from 'node:net';

/** One network: an address and how many of its bits count. */
interface Network {
  readonly address: string;
  readonly prefix: number;
}

/**
 * Networks that nothing on the internet is in, so that a message sent there would only serve to reach into the hub's own
 * surroundings: the special-purpose registries of IANA (RFC 6890 and its updates), which hold loopback, private, shared (carrier-grade
 * NAT), link-local (with the metadata services of clouds, 169.254.169.254 and fd00:ec2::254), unique-local, multicast and
 * documentation addresses, and the prefixes that carry an IPv4 address inside (NAT64, 6to4, Teredo).
 */
const BLOCKED: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

/** Reads `10.0.0.0/8`, `fd00::/8`, or a single address; `null` when it is none. */
export function parseNetwork(text: string): Network | null {
  const [address = '', prefix, ...more] = text.trim().split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return null;
  const most = version === 4 ? 32 : 128;
  if (prefix === undefined) return { address, prefix: most };
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > most) return null;
  return { address, prefix: Number(prefix) };
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of networks) {
    const network = parseNetwork(text);
    if (network === null) throw new Error(`not a network: ${text}`);
    const { address, prefix } = network;
    list.addSubnet(address, prefix, isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** The IPv4 address inside `::ffff:a.b.c.d` (RFC 4291, section 2.5.5.2), however it is written; any other address as it is. */
function unmapped(address: string): string {
  if (!isIPv6(address)) return address;
  const [plain = ''] = address.split('%');
  // The URL parser writes every IPv6 address in one way.
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const match = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (match === null) return canonical;
  const [high, low] = [parseInt(match[1] ?? '', 16), parseInt(match[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

const BLOCKED_LIST = listOf(BLOCKED);

/** Which addresses the hub may connect to: public ones, and those of the networks an administrator allows. */
export class AddressPolicy {
  private readonly allowed: BlockList;

  /** @param networks as {@link parseNetwork} reads them */
  constructor(networks: readonly string[]) {
    this.allowed = listOf(networks);
  }

  permits(address: string): boolean {
    const plain = unmapped(address);
    const family = isIPv6(plain) ? 'ipv6' : 'ipv4';
    return this.allowed.check(plain, family) || !BLOCKED_LIST.check(plain, family);
  }
}
