import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { base58 } from '@scure/base';
import {
  address as kitAddress,
  compileOffchainMessageEnvelope,
  offchainMessageApplicationDomain,
  offchainMessageContentRestrictedAsciiOf1232BytesMax,
} from '@solana/kit';
import { describe, expect, test } from 'vitest';
import { addressOf } from '#lib/chains/solana/address.ts';
import { publicKeyOf } from '../frost/group.ts';
import { encodeBase64url, fromHex, toHex } from '../wire/encoding.ts';
import { offchainMessage, proofText } from './address-proof.ts';
import { joinParts } from './join-parts.ts';
import { openArchive, type OpenedShare } from './open-archive.ts';
import { rebuildKey } from './rebuild-key.ts';
import { signWithScalar } from './scalar-signature.ts';
import { Secret } from './secret.ts';
import {
  makeVault,
  partsOf,
  realm,
  valueOf,
  type Holder,
  type TestVault,
} from './testing/vault.ts';

const random = (): Uint8Array => new Uint8Array(randomBytes(32));

async function open(holder: Holder): Promise<OpenedShare> {
  const { record, archive } = holder;
  const parts = partsOf(holder, record.group.threshold);
  const key = valueOf(await joinParts({ ...realm, group: record.group, record }, parts));
  return valueOf(await openArchive(archive, key));
}

const openAll = ({ holders }: TestVault): Promise<OpenedShare[]> => Promise.all(holders.map(open));

describe('a rebuilt key', () => {
  test('is the one of the address for every threshold, size and choice of shares', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 0, max: 1 }),
        fc.infiniteStream(fc.nat()),
        async (threshold, more, order) => {
          const vault = await makeVault({ threshold, size: threshold + more });
          const keys = (await openAll(vault)).map((share) => ({ share, at: order.next().value }));
          const shuffled = keys.toSorted((a, b) => a.at - b.at).map(({ share }) => share);
          const key = valueOf(rebuildKey(shuffled));
          expect(key.address).toBe(addressOf(fromHex(publicKeyOf(vault.groupKey))));
          expect(rebuildKey(shuffled.slice(0, threshold - 1))).toMatchObject({
            refusal: 'too-few-shares',
          });
        },
      ),
      { numRuns: 6 },
    );
  });

  test('needs a threshold of shares, and says how many are missing', async () => {
    const [one] = await openAll(await makeVault({ threshold: 3, size: 4 }));
    expect(rebuildKey(one ? [one] : [])).toMatchObject({
      refusal: 'too-few-shares',
      sentence: 'Key key-warm-1 is rebuilt from 3 shares; 2 more are needed.',
    });
    expect(rebuildKey([])).toMatchObject({ refusal: 'too-few-shares' });
  });

  test('is never made of two epochs, though both are of the same key', async () => {
    const secret = ed25519.Point.Fn.toBytes(4242n);
    const first = await openAll(await makeVault({ secret }));
    const second = await openAll(await makeVault({ secret, epoch: 2 }));
    const mixed = [first[0], second[1]] as [OpenedShare, OpenedShare];
    expect(mixed[0].archive.vault.address).toBe(mixed[1].archive.vault.address);
    expect(rebuildKey(mixed)).toMatchObject({
      refusal: 'shares-of-different-epochs',
      sentence: expect.stringContaining('epochs 1 and 2'),
    });
    expect(valueOf(rebuildKey(second)).scalar.use(toHex)).toBe(toHex(secret));
  });

  test('is never made of shares of two keys, under two names or under one', async () => {
    const [mine] = await openAll(await makeVault());
    const [, named] = await openAll(await makeVault({ key: 'key-hot-1' }));
    const [, same] = await openAll(await makeVault());
    for (const stranger of [named, same])
      expect(rebuildKey([mine, stranger] as OpenedShare[])).toMatchObject({
        refusal: 'shares-of-different-keys',
      });
  });

  test('is not made of one share counted twice', async () => {
    const [one] = await openAll(await makeVault());
    expect(rebuildKey([one, one] as OpenedShare[])).toMatchObject({ refusal: 'share-twice' });
  });

  test('that is not the one of the address is refused, and nothing is kept of it', async () => {
    const [one, two] = (await openAll(await makeVault())) as [OpenedShare, OpenedShare];
    // Only a share that changed after it was proven gets here.
    const changed = { ...two, share: new Secret(ed25519.Point.Fn.toBytes(5n)) };
    expect(rebuildKey([one, changed])).toMatchObject({ refusal: 'rebuilt-key-differs' });
  });
});

describe('what a rebuilt key signs', () => {
  async function rebuilt() {
    const vault = await makeVault();
    return valueOf(rebuildKey(await openAll(vault)));
  }

  test('verifies under the address for two other implementations of Ed25519', async () => {
    const { scalar, publicKey } = await rebuilt();
    for (const message of [new Uint8Array(), Uint8Array.of(1), new Uint8Array(1000).fill(3)]) {
      const signature = signWithScalar({ scalar, publicKey, message, random: random() });
      const x = encodeBase64url(fromHex(publicKey));
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      expect(verify(null, message, key, signature)).toBe(true);
      expect(ed25519.verify(signature, message, fromHex(publicKey), { zip215: false })).toBe(true);
    }
  });

  test('never shares a nonce: not for two messages, not even where the random numbers repeat', async () => {
    const { scalar, publicKey } = await rebuilt();
    const stuck = new Uint8Array(32);
    const nonces = [1, 2, 3].map((byte) =>
      toHex(
        signWithScalar({
          scalar,
          publicKey,
          message: Uint8Array.of(byte),
          random: stuck,
        }).subarray(0, 32),
      ),
    );
    const message = Uint8Array.of(1);
    const fresh = signWithScalar({ scalar, publicKey, message, random: random() }).subarray(0, 32);
    expect(new Set([...nonces, toHex(fresh)]).size).toBe(4);
  });

  test('is not made for another public key', async () => {
    const { scalar } = await rebuilt();
    const publicKey = toHex(ed25519.getPublicKey(random()));
    const message = Uint8Array.of(1);
    expect(() => signWithScalar({ scalar, publicKey, message, random: random() })).toThrow(
      'does not verify',
    );
  });

  test("as a proof is Solana's off-chain message, byte for byte as its own library writes it", async () => {
    const key = await rebuilt();
    const text = proofText(key, new Date(0));
    const message = offchainMessage(key.address, text);
    expect(message[0]).toBe(0xff);
    const domain = base58.encode(message.subarray(17, 49));
    const envelope = compileOffchainMessageEnvelope({
      version: 0,
      applicationDomain: offchainMessageApplicationDomain(domain),
      content: offchainMessageContentRestrictedAsciiOf1232BytesMax(text),
      requiredSignatories: [{ address: kitAddress(key.address) }],
    });
    expect(toHex(new Uint8Array(envelope.content))).toBe(toHex(message));
  });

  test.each(['', 'ünicode', 'two\nlines', 'x'.repeat(1_001)])(
    'as a proof is plain text: %j is not',
    (text) => {
      expect(() => offchainMessage(addressOf(random()), text)).toThrow('printable ASCII');
    },
  );
});
