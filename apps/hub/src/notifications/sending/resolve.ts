import { lookup as lookupName, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressPolicy } from './networks';
import { SendFailure } from './send-failure';

/** Asks the system for the addresses of a name; tests answer themselves. */
export type Resolver = (name: string) => Promise<readonly LookupAddress[]>;

/** The system's resolver: its hosts file, its name servers. */
export const resolveBySystem: Resolver = (name) =>
  new Promise((resolve, reject) => {
    lookupName(name, { all: true, verbatim: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });

/**
 * The addresses of a host that the hub may connect to. They are asked for once; whoever connects does so to these, so that a name
 * that answers otherwise a moment later (DNS rebinding) gains nothing.
 *
 * @param host a name, or an address, of IPv6 also in brackets
 * @throws {SendFailure} `name_unknown`; `blocked` when none of them is permitted.
 */
export async function permittedAddresses(
  host: string,
  policy: AddressPolicy,
  resolver: Resolver,
): Promise<LookupAddress[]> {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const version = isIP(bare);
  const found =
    version === 0 ? await resolve(bare, resolver) : [{ address: bare, family: version }];
  const permitted = found.filter(({ address }) => policy.permits(address));
  if (permitted.length > 0) return permitted;
  throw new SendFailure(
    'blocked',
    `${bare} is in a network that is blocked (${found.map(({ address }) => address).join(', ')}); an administrator can allow it`,
  );
}

async function resolve(name: string, resolver: Resolver): Promise<readonly LookupAddress[]> {
  try {
    const found = await resolver(name);
    if (found.length > 0) return found;
  } catch (cause) {
    throw new SendFailure('name_unknown', `the name ${name} has no address`, { cause });
  }
  throw new SendFailure('name_unknown', `the name ${name} has no address`);
}

/** A lookup for Node's sockets that answers with these addresses whatever is asked. */
export function lookupOf(addresses: readonly LookupAddress[]): LookupFunction {
  return (_name, { all }, callback) => {
    const [first] = addresses;
    if (all === true) callback(null, [...addresses]);
    else if (first !== undefined) callback(null, first.address, first.family);
    else callback(new Error('no address'), '', 0);
  };
}
