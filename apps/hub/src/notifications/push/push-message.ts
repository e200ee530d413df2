/** The body of a web push message, which only the browser can read (RFC 8291, with the coding of RFC 8188). */
import { createCipheriv, createECDH, ECDH, hkdfSync, randomBytes } from 'node:crypto';

/** A browser that wants messages; keys in base64url. */
export interface PushSubscription {
  readonly id: string;
  /** Address at the browser's push service. */
  readonly endpoint: string;
  /** The browser's P-256 point, 65 bytes. */
  readonly p256dh: string;
  /** Secret between the browser and us, 16 bytes. */
  readonly auth: string;
}

/** What is drawn at random, given only by the test that follows the example of the RFC. */
interface Draw {
  /** Our private key for this message. */
  readonly privateKey: Buffer;
  /** 16 bytes. */
  readonly salt: Buffer;
}

/** Push services take 4,096 bytes in all; 103 are the header, the delimiter and the tag. */
export const MOST_BYTES = 3_900;
const RECORD_SIZE = 4_096;
const CURVE = 'prime256v1';

function draw(): Draw {
  const ecdh = createECDH(CURVE);
  ecdh.generateKeys();
  return { privateKey: ecdh.getPrivateKey(), salt: randomBytes(16) };
}

function derive(secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length));
}

/** Whether a browser's key is a point that something can be encrypted for. */
export function isPushKey(p256dh: string): boolean {
  try {
    ECDH.convertKey(Buffer.from(p256dh, 'base64url'), CURVE);
    return true;
  } catch {
    // Node throws for what lies on no curve.
    return false;
  }
}

/** Encrypts `text`, at most {@link MOST_BYTES} of UTF-8, in one record. */
export function encryptPush(
  text: string,
  { p256dh, auth }: Pick<PushSubscription, 'p256dh' | 'auth'>,
  { privateKey, salt }: Draw = draw(),
): Buffer {
  const ecdh = createECDH(CURVE);
  ecdh.setPrivateKey(privateKey);
  const ours = ecdh.getPublicKey();
  const theirs = Buffer.from(p256dh, 'base64url');
  const shared = ecdh.computeSecret(theirs);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours]);
  const keyMaterial = derive(shared, Buffer.from(auth, 'base64url'), info, 32);
  const key = derive(keyMaterial, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(keyMaterial, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // The delimiter 2 ends the last record.
  const sealed = Buffer.concat([
    cipher.update(text, 'utf8'),
    cipher.update(Buffer.from([2])),
    cipher.final(),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_SIZE);
  return Buffer.concat([salt, size, Buffer.from([ours.length]), ours, sealed, cipher.getAuthTag()]);
}
