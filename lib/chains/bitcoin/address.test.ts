import { schnorr } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { bech32m } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { accountScript, addressOf, addressOfScript, readAddress } from './address.ts';
import { BITCOIN_MAINNET, BITCOIN_REGTEST } from './networks.ts';
import { readScript, scriptOf } from './script.ts';
import { testKey } from './testing/keys.ts';
import bip341 from './vectors/bip341-wallet-test-vectors.json' with { type: 'json' };

const withEvenY = (x: string): Uint8Array => hexToBytes(`02${x}`);

describe("an account's address", () => {
  test('is the one of BIP341 where no script tree stands beside the key', () => {
    const keyOnly = bip341.scriptPubKey.filter(({ given }) => given.scriptTree === null);
    expect(keyOnly).not.toHaveLength(0);
    for (const { given, expected } of keyOnly) {
      const publicKey = withEvenY(given.internalPubkey);
      expect(bytesToHex(accountScript(publicKey, 'p2tr'))).toBe(expected.scriptPubKey);
      const address = addressOf({ publicKey, kind: 'p2tr', chain: BITCOIN_MAINNET });
      expect(address).toBe(expected.bip350Address);
    }
  });

  test.each([
    [
      'cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1223c6fc5d7cd6fc115',
      'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
    ],
    [
      '83dfe85a3151d2517290da461fe2815591ef69f2b18a2ce63f01697a8b313145',
      'bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh',
    ],
    [
      '399f1b2f4393f29a18c937859c5dd8a77350103157eb880f02e8c08214277cef',
      'bc1p3qkhfews2uk44qtvauqyr2ttdsw7svhkl9nkm9s9c3x4ax5h60wqwruhk7',
    ],
  ])('is the one of BIP86 for the internal key %s, whatever the sign of its y', (x, address) => {
    for (const sign of ['02', '03']) {
      const publicKey = hexToBytes(sign + x);
      expect(addressOf({ publicKey, kind: 'p2tr', chain: BITCOIN_MAINNET })).toBe(address);
    }
  });

  test('is the one of BIP173 for the key that BIP173 takes', () => {
    const publicKey = hexToBytes(
      '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    );
    const of = { publicKey, kind: 'p2wpkh' } as const;
    expect(addressOf({ ...of, chain: BITCOIN_MAINNET })).toBe(
      'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
    );
    expect(addressOf({ ...of, chain: BITCOIN_REGTEST })).toMatch(/^bcrt1q/);
  });

  test('is not made of anything but a compressed key on a Bitcoin chain', () => {
    const { publicKey } = testKey('one');
    const make =
      (key: Uint8Array, chain = BITCOIN_MAINNET) =>
      () =>
        addressOf({ publicKey: key, kind: 'p2tr', chain });
    expect(make(publicKey)).not.toThrow();
    expect(make(publicKey.slice(1))).toThrow(TypeError);
    expect(make(new Uint8Array(33).fill(2, 0, 1).fill(0xff, 1))).toThrow();
    expect(make(publicKey, 'solana:sandbox')).toThrow(TypeError);
    expect(make(publicKey, 'bip122:000000000933ea01ad0ee984209779ba')).toThrow(TypeError);
  });
});

const payable = 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0';

describe("a recipient's address", () => {
  test.each([
    ['p2pkh', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2', BITCOIN_MAINNET],
    ['p2sh', '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', BITCOIN_MAINNET],
    ['p2wpkh', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', BITCOIN_MAINNET],
    ['p2wsh', 'bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3', BITCOIN_MAINNET],
    ['p2tr', payable, BITCOIN_MAINNET],
    ['p2pkh', 'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn', BITCOIN_REGTEST],
    ['p2sh', '2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc', BITCOIN_REGTEST],
  ])('of the kind %s is taken: %s', (kind, text, chain) => {
    const read = readAddress(text, chain);
    expect(read).toMatchObject({ ok: true, kind, address: text });
    if (read.ok) expect(addressOfScript(read.script, chain)).toBe(text);
  });

  test('may be typed in capitals, and has one spelling once read', () => {
    expect(readAddress(payable.toUpperCase(), BITCOIN_MAINNET)).toMatchObject({
      ok: true,
      address: payable,
    });
  });

  /** Most are the invalid ones of BIP173 and BIP350. */
  test.each([
    ['address-unreadable', ''],
    ['address-unreadable', 'not an address'],
    ['address-unreadable', `${payable}${'q'.repeat(40)}`],
    ['address-unreadable', '1'.repeat(5_000_000)],
    ['address-unreadable', '1BvBMSEYst'],
    ['address-unreadable', ` ${payable}`],
    ['address-unreadable', 'bc1gmk9yu'],
    ['address-unreadable', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf'],
    ['address-mixed-case', `${payable.slice(0, -1)}J`],
    ['address-checksum-wrong', `${payable.slice(0, -1)}q`],
    ['address-checksum-wrong', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd'],
    ['address-checksum-wrong', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh'],
    ['address-checksum-wrong', 'bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4'],
    ['address-checksum-wrong', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3'],
    ['address-wrong-network', 'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7'],
    ['address-wrong-network', 'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn'],
    ['address-wrong-network', '2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc'],
    ['address-witness-version-unknown', 'bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs'],
    ['address-witness-version-unknown', 'BC1SW50QGDZ25J'],
    [
      'address-program-length-wrong',
      'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
    ],
    ['address-program-length-wrong', 'bc1pw5dgrnzv'],
    ['address-program-length-wrong', 'BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P'],
    ['address-program-length-wrong', 'bc1pfeessrawgf'],
    [
      'address-off-curve',
      bech32m.encode('bc', [1, ...bech32m.toWords(new Uint8Array(32).fill(0xff))]),
    ],
  ])('is refused as %s (row %#)', (refusal, text) => {
    expect(readAddress(text, BITCOIN_MAINNET)).toEqual({ ok: false, refusal });
  });

  it('is never read on a chain that is none of Bitcoin', () => {
    expect(() => readAddress(payable, 'solana:mainnet')).toThrow(TypeError);
  });
});

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const chains = fc.constantFrom(BITCOIN_MAINNET, BITCOIN_REGTEST);
const scripts = fc.oneof(
  bytes(20).map((program) => scriptOf('p2pkh', program)),
  bytes(20).map((program) => scriptOf('p2sh', program)),
  bytes(20).map((program) => scriptOf('p2wpkh', program)),
  bytes(32).map((program) => scriptOf('p2wsh', program)),
  bytes(32)
    .map((seed) => schnorr.getPublicKey(seed.fill(1, 0, 1)))
    .map((program) => scriptOf('p2tr', program)),
);

describe('script and address', () => {
  it('lead to each other', () => {
    fc.assert(
      fc.property(scripts, chains, (script, chain) => {
        const address = addressOfScript(script, chain) ?? '';
        expect(readAddress(address, chain)).toEqual({
          ok: true,
          address,
          script,
          kind: readScript(script)?.kind,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('of one chain are refused on the other', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const address = addressOfScript(script, BITCOIN_REGTEST) ?? '';
        expect(readAddress(address, BITCOIN_MAINNET)).toEqual({
          ok: false,
          refusal: 'address-wrong-network',
        });
      }),
      { numRuns: 100 },
    );
  });

  it('never throws on any text, and never reads one with a changed letter', () => {
    const letter = fc.constantFrom(...Array.from('qpzry9x8gf2tvdw0s3jn54khce6mua7l'));
    fc.assert(
      fc.property(fc.string(), scripts, fc.nat(), letter, (noise, script, where, to) => {
        expect(readAddress(noise, BITCOIN_MAINNET).ok).toBe(false);
        const address = addressOfScript(script, BITCOIN_MAINNET) ?? '';
        const at = where % address.length;
        const changed = address.slice(0, at) + to + address.slice(at + 1);
        if (changed !== address) expect(readAddress(changed, BITCOIN_MAINNET).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
