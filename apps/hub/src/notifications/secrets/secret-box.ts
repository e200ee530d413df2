import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRET_KEY_FILE } from '../../config/data-files';
import { StartError } from '../../config/start-error';

/** How the sealed bytes begin, so that another cipher can be told apart later. */
const VERSION = 1;
/** NIST SP 800-38D: nonces of 96 random bits are safe for 2^32 uses of a key; tags have 128 bits. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Sealed bytes cannot be opened: another key, another place, or damage. */
export class SecretError extends Error {
  constructor(options?: ErrorOptions) {
    super('the secrets cannot be decrypted: the key is another one, or they are damaged', options);
    this.name = 'SecretError';
  }
}

/** Encrypts the secrets of channels for the database, with AES-256-GCM. */
export class SecretBox {
  private constructor(private readonly key: Buffer) {}

  /**
   * Takes the key from the configuration, or else from the data folder, where it is made at the first start.
   *
   * @param given `HOSTDECK_SECRET_KEY`, of any form: it is hashed to the size of a key, so it must be random and long itself
   * @throws {StartError} when the file is there but holds no key.
   */
  static open(dataDir: string, given: string | null): SecretBox {
    if (given !== null) return new SecretBox(createHash('sha256').update(given).digest());
    const path = join(dataDir, SECRET_KEY_FILE);
    try {
      if (!existsSync(path)) {
        const text = `${randomBytes(KEY_BYTES).toString('base64url')}\n`;
        writeFileSync(path, text, { mode: 0o600, flag: 'wx', flush: true });
      }
      const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url');
      if (key.length !== KEY_BYTES) throw new Error('it does not hold 32 bytes in base64url');
      return new SecretBox(key);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StartError(
        `HOSTDECK_DATA_DIR: the key of the secrets ${path} cannot be used (${reason})`,
        { cause },
      );
    }
  }

  /** @param place what the text belongs to: sealed bytes moved to another place do not open there */
  seal(text: string, place: string): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws {SecretError} when they were not sealed with this key for this place. */
  open(bytes: Uint8Array, place: string): string {
    try {
      const sealed = Buffer.from(bytes);
      if (sealed[0] !== VERSION) throw new Error('unknown version');
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', this.key, nonce, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(tag);
      const text = decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new SecretError({ cause });
    }
  }
}
