import { hash, verify, type Options } from '@node-rs/argon2';

/** Argon2id (the package's default) with 19 MiB, 2 passes and 1 lane: OWASP Password Storage Cheat Sheet. */
const OPTIONS: Options = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** Hash of nobody's password: verified when there is no such user, so that it takes as long as when there is. */
const NOBODY = hash('', OPTIONS);

/** The hash to keep of a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

/** Whether the password belongs to the hash; `null` (no such user) costs the same and is never right. */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  const right = await verify(passwordHash ?? (await NOBODY), password);
  return right && passwordHash !== null;
}
