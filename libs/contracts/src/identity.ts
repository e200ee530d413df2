import { z } from 'zod';

/** The wire protocol this build speaks. */
export const PROTOCOL_VERSION = 1;

/** Milliseconds both sides have, from the opening of the socket, to prove who they are. */
export const PROOF_DEADLINE = 5_000;

/** An id the hub gave out (hosts, users, tokens): 128 random bits in hexadecimal. */
export const IdSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'expected an id of 32 hexadecimal digits');

/** A number used once: 32 random bytes in base64url. */
export const NonceSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'expected 32 bytes in base64url');

/** An Ed25519 public key (RFC 8032): its 32 bytes in base64url. */
export const PublicKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'expected an Ed25519 public key of 32 bytes in base64url');

/** An Ed25519 signature (RFC 8032): its 64 bytes in base64url. */
export const SignatureSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{86}$/, 'expected an Ed25519 signature of 64 bytes in base64url');

/** A random name for one life of an agent's outbox: 64 random bits in hexadecimal. */
export const EpochSchema = z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hexadecimal digits');

/** Everything both proofs cover. */
export interface ProofContext {
  readonly agentId: string;
  readonly agentNonce: string;
  readonly hubNonce: string;
}

/**
 * The text a side signs to prove who it is. The side's name is part of it, so that one side's proof can not be
 * sent back as the other's; every field has a fixed alphabet without newlines, so that no two contexts share a text.
 */
export function proofText(
  side: 'agent' | 'hub',
  { agentId, agentNonce, hubNonce }: ProofContext,
): string {
  return ['hostdeck-proof-1', side, agentId, agentNonce, hubNonce].join('\n');
}
