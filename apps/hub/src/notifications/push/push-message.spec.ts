import { createPublicKey, verify } from 'node:crypto';
import { encryptPush } from './push-message';
import { newVapidKeys, vapidHeader } from './vapid';

describe('a web push message', () => {
  it('is encrypted as in the example of RFC 8291, section 5', () => {
    const sealed = encryptPush(
      'When I grow up, I want to be a watermelon',
      {
        p256dh:
          'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg',
      },
      {
        privateKey: Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'),
        salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
      },
    );
    expect(sealed.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });

  it('names the hub with a token that its public key verifies', () => {
    const keys = newVapidKeys();
    const header = vapidHeader(
      keys,
      { endpoint: 'https://push.example/1', subject: 'https://hub.example' },
      1_700_000_000_000,
    );
    const [, signed = '', signature = ''] = /t=([\w-]+\.[\w-]+)\.([\w-]+),/.exec(header) ?? [];
    const point = Buffer.from(keys.publicKey, 'base64url');
    const key = createPublicKey({
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
      format: 'jwk',
    });
    const proof = Buffer.from(signature, 'base64url');
    const isRight = verify(
      'sha256',
      Buffer.from(signed),
      { key, dsaEncoding: 'ieee-p1363' },
      proof,
    );
    expect(isRight).toBe(true);
  });
});
