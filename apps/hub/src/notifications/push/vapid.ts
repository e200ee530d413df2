import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';

/** The hub's key for web push (RFC 8292), P-256; all in base64url. */
export interface VapidKeys {
  /** The uncompressed point, 65 bytes, as browsers want it. */
  readonly publicKey: string;
  /** 32 bytes. */
  readonly privateKey: string;
}

/** A token is good for so long, s; RFC 8292 allows a day. */
const LIFETIME = 12 * 3_600;

export function newVapidKeys(): VapidKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const point = Buffer.concat([
    Buffer.from([4]),
    Buffer.from(x, 'base64url'),
    Buffer.from(y, 'base64url'),
  ]);
  return { publicKey: point.toString('base64url'), privateKey: d };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * The `Authorization` header by which a push service knows the hub.
 *
 * @param endpoint where the request goes
 * @param subject how the service can reach whoever runs the hub: an `https:` or `mailto:` address
 * @param now ms since the epoch
 */
export function vapidHeader(
  { publicKey, privateKey }: VapidKeys,
  { endpoint, subject }: { readonly endpoint: string; readonly subject: string },
  now: number,
): string {
  const point = Buffer.from(publicKey, 'base64url');
  const key = createPrivateKey({
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: privateKey,
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
    format: 'jwk',
  });
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor(now / 1_000) + LIFETIME,
    sub: subject,
  };
  const text = `${encode({ typ: 'JWT', alg: 'ES256' })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${text}.${signature.toString('base64url')}, k=${publicKey}`;
}
