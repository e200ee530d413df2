import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { proofText, type ProofContext } from '@hostdeck/contracts';

/** An Ed25519 key pair (RFC 8032), each key its raw 32 bytes in base64url. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Makes a new identity. */
export function generateIdentity(): KeyPair {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  if (d === undefined || x === undefined) throw new Error('the key pair has no Ed25519 parameters');
  return { publicKey: x, privateKey: d };
}

// RFC 8037 section 2: JSON Web Keys of kind OKP hold the raw bytes in base64url, just as the wire does.
function importPrivateKey({ publicKey, privateKey }: KeyPair): KeyObject {
  const key = { kty: 'OKP', crv: 'Ed25519', x: publicKey, d: privateKey };
  return createPrivateKey({ format: 'jwk', key });
}

function importPublicKey(publicKey: string): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } });
}

/** A number used once: 32 random bytes in base64url. */
export function createNonce(): string {
  return randomBytes(32).toString('base64url');
}

/** The agent's proof of its identity for one connection: the signature in base64url. */
export function signProof(identity: KeyPair, context: ProofContext): string {
  const text = Buffer.from(proofText('agent', context));
  return sign(null, text, importPrivateKey(identity)).toString('base64url');
}

/** Whether `signature` proves that the other side holds the hub's key. */
export function isHubProof(
  hubPublicKey: string,
  signature: string,
  context: ProofContext,
): boolean {
  const text = Buffer.from(proofText('hub', context));
  return verify(null, text, importPublicKey(hubPublicKey), Buffer.from(signature, 'base64url'));
}
