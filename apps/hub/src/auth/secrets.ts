import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new id: 128 random bits in hexadecimal. */
export function newId(): string {
  return randomBytes(16).toString('hex');
}

/** A new secret of 256 random bits, in base64url after `prefix`. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** What is kept of a secret. Secrets are random and long, so that a plain hash cannot be turned back. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Whether two texts are the same, in a time that says nothing about where they differ. */
export function sameSecret(first: string, second: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(first), digest(second));
}
