/**
 * How keys of a suite sign with FROST. A suite has two schemes: the one its chains verify, and plain
 * RFC 9591 on its curve, by which members prove to each other after a refresh that new shares work.
 */
import type { FROST } from '@noble/curves/abstract/frost.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { schnorr, schnorr_FROST } from '@noble/curves/secp256k1.js';
import { fromHex } from '../wire/encoding.ts';
import { bip340Combiner, combiner, type Ciphersuite, type Combine } from './combine.ts';
import { hashesOnEd25519, hashesOnSecp256k1 } from './hashes.ts';
import { suiteOf, type Suite } from './suite.ts';
import type { KeySuite } from '#lib/protocol/suites.ts';

export type Scheme = Pick<Suite, 'arithmetic'> & {
  readonly frost: FROST;
  /**
   * Strict verification; never throws.
   * @param publicKey the group's, hex.
   */
  verify: (publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean;
  /** The quick way to a signature that is yet to be verified. */
  combine: Combine;
};

const orFalse = (check: () => boolean): boolean => {
  try {
    return check();
  } catch {
    return false;
  }
};

/** Strict RFC 8032 verification: noble's default (ZIP 215) takes signatures that chains refuse. */
const verifyEd25519: Scheme['verify'] = (publicKey, message, signature) =>
  orFalse(() => ed25519.verify(signature, message, fromHex(publicKey), { zip215: false }));

/** BIP340 knows public keys by x alone, whichever y the group's point has. */
const verifyBip340: Scheme['verify'] = (publicKey, message, signature) =>
  orFalse(() => schnorr.verify(signature, message, fromHex(publicKey).subarray(1)));

/** RFC 9591's ciphersuite on the curve of a suite of keys; the name is in what it hashes. */
export const ciphersuiteOf = ({ name, arithmetic }: Suite): Ciphersuite => ({
  arithmetic,
  hashes:
    name === 'FROST-ED25519-SHA512-v1'
      ? hashesOnEd25519(name)
      : hashesOnSecp256k1('FROST-secp256k1-SHA256-v1'),
});

/**
 * Plain RFC 9591 on the suite's curve: 64 bytes on Ed25519, 65 on secp256k1, where no chain takes
 * them for anything.
 */
export function proofScheme(suite: Suite): Scheme {
  const { name, frost, arithmetic } = suite;
  const combine = combiner(ciphersuiteOf(suite));
  if (name === 'FROST-ED25519-SHA512-v1')
    return { frost, arithmetic, verify: verifyEd25519, combine };
  return {
    frost,
    arithmetic,
    verify: (publicKey, message, signature) =>
      orFalse(() => frost.verify(signature, message, fromHex(publicKey))),
    combine,
  };
}

/**
 * What the suite's chains verify, in 64 bytes.
 * @returns null for a suite that does not sign with FROST.
 */
export function signingScheme(name: KeySuite): Scheme | null {
  const suite = suiteOf(name);
  switch (name) {
    case 'FROST-ED25519-SHA512-v1':
      return proofScheme(suite);
    case 'FROST-secp256k1-SHA256-TR-v1':
      return {
        frost: schnorr_FROST,
        arithmetic: suite.arithmetic,
        verify: verifyBip340,
        combine: bip340Combiner({ arithmetic: suite.arithmetic, hashes: hashesOnSecp256k1(name) }),
      };
    case 'DKLS23-secp256k1-SHA256-v1':
      return null;
  }
}
