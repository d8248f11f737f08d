/**
 * What a rebuilt key on secp256k1 can do: sign under the keys below it, and leave in the form that
 * wallets take (BIP32). Its chain code is the one of decision 25, so wallets that are given the extended
 * key arrive at the same addresses.
 */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { HDKey } from '@scure/bip32';
import { BITCOIN_REGTEST } from '#lib/chains/bitcoin/networks.ts';
import type { SigningPart } from '#lib/chains/decoded.ts';
import { chainCodeOf, deriveKey, taprootKey } from '#lib/chains/derive-key.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { fromHex } from '../wire/encoding.ts';
import type { Secret } from './secret.ts';

const { Fn } = secp256k1.Point;

type Rebuilt = {
  scalar: Secret;
  /** 33 bytes, hex. */
  publicKey: string;
};

/** The private key at a place below; the caller wipes it. */
function secretAt({ scalar, publicKey }: Rebuilt, { path, tweak }: SigningPart): Uint8Array {
  const child = deriveKey(fromHex(publicKey), path);
  const own = scalar.use((bytes) => Fn.add(Fn.fromBytes(bytes), child.scalar));
  if (tweak === 'none') return Fn.toBytes(own);
  const output = taprootKey(child.publicKey);
  return Fn.toBytes(Fn.add(output.isNegated ? Fn.neg(own) : own, output.scalar));
}

/**
 * Signs one part as the suite's parties would together: BIP340 for taproot, otherwise ECDSA with a low s.
 * @param random 32 fresh bytes, mixed into the nonce.
 * @returns 64 bytes, verified.
 * @throws when the scalar is not the one of the public key, or the suite is of another curve.
 */
export function signBelow(
  of: Rebuilt & { suite: KeySuite; part: SigningPart; random: Uint8Array },
): Uint8Array {
  const { suite, part, random } = of;
  if (suite === 'FROST-ED25519-SHA512-v1') throw new Error('There is nothing below such a key.');
  const secret = secretAt(of, part);
  const digest = fromHex(part.bytes);
  const child = deriveKey(fromHex(of.publicKey), part.path).publicKey;
  const key = part.tweak === 'none' ? child : taprootKey(child).publicKey;
  try {
    const isSchnorr = suite === 'FROST-secp256k1-SHA256-TR-v1';
    const options = { prehash: false, lowS: true } as const;
    const signature = isSchnorr
      ? schnorr.sign(digest, secret, random)
      : secp256k1.sign(digest, secret, { ...options, extraEntropy: random });
    const isGood = isSchnorr
      ? schnorr.verify(signature, digest, key.subarray(1))
      : secp256k1.verify(signature, digest, key, options);
    if (!isGood) throw new Error('The signature does not verify under the public key.');
    return signature;
  } finally {
    secret.fill(0);
  }
}

/** BIP32's prefixes: those of Bitcoin's own chain, which other chains use too, and of its test chains. */
const versionsFor = (chain: string) =>
  chain === BITCOIN_REGTEST
    ? { public: 0x043587cf, private: 0x04358394 }
    : { public: 0x0488b21e, private: 0x0488ade4 };

/** The public key as BIP32 writes it: all addresses follow from it, and it moves nothing. */
export function extendedPublicKey(publicKey: string, chain: string): string {
  const bytes = fromHex(publicKey);
  const chainCode = Uint8Array.from(chainCodeOf(bytes));
  return new HDKey({ publicKey: bytes, chainCode, versions: versionsFor(chain) }).publicExtendedKey;
}

/** The private key in the same form: whoever reads it moves everything. */
export function extendedPrivateKey({ scalar, publicKey }: Rebuilt, chain: string): string {
  const chainCode = Uint8Array.from(chainCodeOf(fromHex(publicKey)));
  return scalar.use((bytes) => {
    const privateKey = Uint8Array.from(bytes);
    const key = new HDKey({ privateKey, chainCode, versions: versionsFor(chain) });
    const text = key.privateExtendedKey;
    key.wipePrivateData();
    privateKey.fill(0);
    return text;
  });
}
