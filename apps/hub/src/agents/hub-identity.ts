import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEY_FILE } from '../config/data-files';
import { StartError } from '../config/start-error';

/** The hub's own Ed25519 key, which every agent pins when it enrolls. */
export class HubIdentity {
  /** 32 bytes in base64url. */
  readonly publicKey: string;

  private constructor(private readonly privateKey: KeyObject) {
    this.publicKey = rawPublicKey(createPublicKey(privateKey));
  }

  /**
   * Reads the key from the data folder, made at the first start.
   *
   * @throws {StartError} when the file is there but is no key: making another would lock every agent out.
   */
  static open(dataDir: string): HubIdentity {
    const path = join(dataDir, KEY_FILE);
    try {
      if (!existsSync(path)) {
        const { privateKey } = generateKeyPairSync('ed25519');
        const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
        writeFileSync(path, pem, { mode: 0o600, flag: 'wx' });
      }
      return new HubIdentity(createPrivateKey(readFileSync(path)));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StartError(`HOSTDECK_DATA_DIR: the hub's key ${path} cannot be used (${reason})`, {
        cause,
      });
    }
  }

  /** Signature in base64url. */
  sign(text: string): string {
    return sign(null, Buffer.from(text), this.privateKey).toString('base64url');
  }
}

function rawPublicKey(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  if (x === undefined) throw new Error('not an Ed25519 key');
  return x;
}

/** Whether `signature` over `text` was made with the key whose public half is `publicKey`; both in base64url. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: publicKey },
    format: 'jwk',
  });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}
