import { inspect } from 'node:util';
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from 'hpke';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../wire/encoding.ts';
import { isRecoveryKey, isSoundRecoveryKey, makeRecoveryKey, openWith, sealTo } from './hpke.ts';
import { Secret } from './secret.ts';

/**
 * Base mode with exactly our suite (kem 0x0020, kdf 0x0001, aead 0x0002), first encryption, from the
 * test vectors published with RFC 9180 (cfrg/draft-irtf-cfrg-hpke at 5f503c5, `test-vectors.json`).
 */
const vector = {
  info: '4f6465206f6e2061204772656369616e2055726e',
  skRm: '497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d',
  pkRm: '430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c',
  enc: '6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256',
  aad: '436f756e742d30',
  ct: 'e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a',
  pt: '4265617574792069732074727574682c20747275746820626561757479',
};

const binding = { info: Uint8Array.of(1, 2), about: Uint8Array.of(3, 4, 5) };
const plain = Uint8Array.from({ length: 32 }, (_, place) => place);

describe('HPKE', () => {
  test('opens what RFC 9180 publishes for this suite', async () => {
    const keys = { publicKey: vector.pkRm, privateKey: new Secret(fromHex(vector.skRm)) };
    expect(isRecoveryKey(keys.publicKey, keys.privateKey)).toBe(true);
    const opened = await openWith(
      keys,
      { info: fromHex(vector.info), about: fromHex(vector.aad) },
      { encapsulated: fromHex(vector.enc), ciphertext: fromHex(vector.ct) },
    );
    expect(opened?.use(toHex)).toBe(vector.pt);
  });

  test('seals what a plain use of the library opens, and never twice the same', async () => {
    const { publicKey, privateKey } = await makeRecoveryKey();
    const box = await sealTo(publicKey, binding, plain);
    const suite = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
    const pair = {
      privateKey: await privateKey.use((bytes) => suite.DeserializePrivateKey(bytes)),
      publicKey: await suite.DeserializePublicKey(fromHex(publicKey)),
    };
    const opened = await suite.Open(pair, box.encapsulated, box.ciphertext, {
      info: binding.info,
      aad: binding.about,
    });
    expect(toHex(opened)).toBe(toHex(plain));
    const again = await sealTo(publicKey, binding, plain);
    expect(toHex(again.encapsulated)).not.toBe(toHex(box.encapsulated));
    expect(toHex(again.ciphertext)).not.toBe(toHex(box.ciphertext));
  });

  test('opens for no other key, no other binding and no changed box', async () => {
    const keys = await makeRecoveryKey();
    const box = await sealTo(keys.publicKey, binding, plain);
    const flipped = (bytes: Uint8Array): Uint8Array =>
      bytes.map((byte, place) => (place === 5 ? byte ^ 1 : byte));
    expect(await openWith(keys, binding, box)).not.toBeNull();
    expect(await openWith(await makeRecoveryKey(), binding, box)).toBeNull();
    for (const part of ['info', 'about'] as const)
      expect(await openWith(keys, { ...binding, [part]: Uint8Array.of(9) }, box)).toBeNull();
    for (const part of ['encapsulated', 'ciphertext'] as const)
      expect(await openWith(keys, binding, { ...box, [part]: flipped(box[part]) })).toBeNull();
  });

  test('a key of small order, to which anybody could decrypt, is never sealed to', async () => {
    for (const publicKey of ['00'.repeat(32), `01${'00'.repeat(31)}`]) {
      expect(isSoundRecoveryKey(publicKey)).toBe(false);
      await expect(sealTo(publicKey, binding, plain)).rejects.toThrow(/./u);
    }
    expect(isSoundRecoveryKey((await makeRecoveryKey()).publicKey)).toBe(true);
  });
});

describe('a secret', () => {
  test('shows nothing of itself, and is gone once erased', () => {
    const bytes = plain.slice();
    const secret = new Secret(bytes);
    expect(JSON.stringify({ secret })).toBe('{"secret":{}}');
    expect(inspect(secret, { showHidden: true, depth: 9 })).toBe('Secret {}');
    secret.erase();
    expect([...bytes]).toEqual(Array.from({ length: 32 }, () => 0));
    expect(() => secret.use(toHex)).toThrow('erased');
  });
});
