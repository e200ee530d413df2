import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { NonceSchema, proofText, PublicKeySchema, SignatureSchema } from '@hostdeck/contracts';
import { createNonce, generateIdentity, isHubProof, signProof } from './keys';

const hub = generateKeyPairSync('ed25519');
const hubPublicKey = hub.publicKey.export({ format: 'jwk' }).x ?? '';
const context = {
  agentId: '0123456789abcdef0123456789abcdef',
  agentNonce: createNonce(),
  hubNonce: createNonce(),
};

describe('the identity', () => {
  it('has keys and proofs of the shape the wire has', () => {
    const identity = generateIdentity();
    expect(PublicKeySchema.safeParse(identity.publicKey).success).toBe(true);
    expect(PublicKeySchema.safeParse(identity.privateKey).success).toBe(true);
    expect(SignatureSchema.safeParse(signProof(identity, context)).success).toBe(true);
    expect(NonceSchema.safeParse(context.agentNonce).success).toBe(true);
    expect(createNonce()).not.toBe(context.agentNonce);
  });

  it('is proven by a signature that fits its public key', () => {
    const identity = generateIdentity();
    const key = createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: identity.publicKey },
    });
    const signature = Buffer.from(signProof(identity, context), 'base64url');
    expect(verify(null, Buffer.from(proofText('agent', context)), key, signature)).toBe(true);
  });

  it('knows the hub by its own proof of this connection only', () => {
    const proof = (side: 'agent' | 'hub', of = context) =>
      sign(null, Buffer.from(proofText(side, of)), hub.privateKey).toString('base64url');
    expect(isHubProof(hubPublicKey, proof('hub'), context)).toBe(true);
    expect(isHubProof(hubPublicKey, proof('agent'), context)).toBe(false);
    const other = { ...context, agentNonce: createNonce() };
    expect(isHubProof(hubPublicKey, proof('hub', other), context)).toBe(false);
    expect(isHubProof(generateIdentity().publicKey, proof('hub'), context)).toBe(false);
  });
});
