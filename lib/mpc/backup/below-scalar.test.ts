import { randomBytes } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { HDKey } from '@scure/bip32';
import * as btc from '@scure/btc-signer';
import { beforeAll, describe, expect, test } from 'vitest';
import { accountAddress } from '#lib/chains/account-address.ts';
import { bitcoinContextOf } from '#lib/chains/account-context.ts';
import { assemble } from '#lib/chains/bitcoin/assemble.ts';
import type { SigningPart } from '#lib/chains/decoded.ts';
import { keySuite } from '#lib/protocol/suites.ts';
import { publicKeyOf } from '../frost/group.ts';
import { CLIENT, outside, paymentFor } from '../testing/bitcoin.ts';
import { taprootKey } from '../testing/organisation.ts';
import { fromHex } from '../wire/encoding.ts';
import { readArchive, writeArchive } from './archive.ts';
import { extendedPrivateKey, extendedPublicKey, signBelow } from './below-scalar.ts';
import { joinParts } from './join-parts.ts';
import { openArchive, type OpenedShare } from './open-archive.ts';
import { rebuildKey, type RebuiltKey } from './rebuild-key.ts';
import {
  makeVault,
  partsOf,
  realm,
  valueOf,
  type Holder,
  type TestVault,
} from './testing/vault.ts';

const random = (): Uint8Array => new Uint8Array(randomBytes(32));
const network = { bech32: 'bcrt', pubKeyHash: 0x6f, scriptHash: 0xc4, wif: 0xef };
const versions = { public: 0x043587cf, private: 0x04358394 };

async function open(holder: Holder): Promise<OpenedShare> {
  const { record, archive } = holder;
  const parts = partsOf(holder, record.group.threshold);
  const key = valueOf(await joinParts({ ...realm, group: record.group, record }, parts));
  return valueOf(await openArchive(archive, key));
}

describe('a rebuilt key on secp256k1', () => {
  let vault: TestVault;
  let key: RebuiltKey;
  beforeAll(async () => {
    vault = await makeVault({ threshold: 3, size: 5, kind: taprootKey });
    key = valueOf(rebuildKey(await Promise.all(vault.holders.slice(1, 4).map(open))));
  });

  test('is the one of the vault’s address, and too few shares give none', async () => {
    expect(key.suite).toBe(taprootKey.suite);
    expect(key.publicKey).toBe(publicKeyOf(vault.groupKey));
    const publicKey = fromHex(key.publicKey);
    expect(key.address).toBe(accountAddress({ ...taprootKey, publicKey, owner: null }));
    const two = await Promise.all(vault.holders.slice(0, 2).map(open));
    expect(rebuildKey(two)).toMatchObject({ refusal: 'too-few-shares' });
  });

  test('comes from archives that read back, and that say another suite or key nowhere', () => {
    const [{ archive } = { archive: null }] = vault.holders;
    if (!archive) throw new Error('missing');
    const bytes = (of: object) => Buffer.from(writeArchive({ ...archive, ...of }));
    expect(readArchive(bytes({}))).toMatchObject({ ok: true });
    for (const suite of keySuite.options.filter((name) => name !== archive.suite))
      expect(readArchive(bytes({ suite }))).toMatchObject({ refusal: 'archive-changed' });
  });

  test('moves an owner’s coins: the payment is signed as the parties would sign it', () => {
    const account = bitcoinContextOf(key, CLIENT);
    const payment = paymentFor(account, outside());
    const signatures = payment.parts.map((part) => signBelow({ ...key, part, random: random() }));
    expect(payment.parts.length).toBeGreaterThan(1);
    expect(() => assemble(payment.message, account, signatures)).not.toThrow();
  });

  test('signs ECDSA for accounts of the other suite', () => {
    const part: SigningPart = { bytes: 'ab'.repeat(32), path: [5, 0, 1, 0], tweak: 'none' };
    const suite = 'DKLS23-secp256k1-SHA256-v1';
    const signature = signBelow({ ...key, suite, part, random: random() });
    const child = HDKey.fromExtendedKey(extendedPublicKey(key.publicKey, key.chain), versions);
    const { publicKey } = child.derive('m/5/0/1/0');
    const options = { prehash: false, lowS: true } as const;
    expect(
      secp256k1.verify(signature, fromHex(part.bytes), publicKey ?? new Uint8Array(), options),
    ).toBe(true);
  });

  test('leaves in the form that wallets take, and they arrive at the same addresses', () => {
    const xprv = HDKey.fromExtendedKey(extendedPrivateKey(key, key.chain), versions);
    const xpub = HDKey.fromExtendedKey(extendedPublicKey(key.publicKey, key.chain), versions);
    const of = { ...taprootKey, publicKey: fromHex(key.publicKey), owner: CLIENT };
    for (const wallet of [xprv, xpub]) {
      const child = wallet.derive('m/5/0/20418/0').publicKey ?? new Uint8Array();
      const { address } = btc.p2tr(child.slice(1), undefined, network);
      expect(address).toBe(accountAddress(of));
    }
    expect(Buffer.from(xprv.privateKey ?? []).toString('hex')).toBe(
      key.scalar.use((bytes) => Buffer.from(bytes).toString('hex')),
    );
    expect(extendedPublicKey(key.publicKey, 'eip155:1')).toMatch(/^xpub/);
    expect(extendedPrivateKey(key, key.chain)).toMatch(/^tprv/);
  });

  test('signs nothing under a key that is not its own', () => {
    const other = secp256k1.getPublicKey(new Uint8Array(32).fill(9));
    const part: SigningPart = { bytes: 'ab'.repeat(32), path: [], tweak: 'taproot' };
    const foreign = { ...key, publicKey: Buffer.from(other).toString('hex') };
    expect(() => signBelow({ ...foreign, part, random: random() })).toThrow('does not verify');
  });
});
