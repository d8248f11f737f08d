/**
 * What a suite of keys is made of. All three share one key generation, refresh, repair and backup
 * (`docs/decisions/0025-suites-pairs-and-derivation.md`); here is the curve they do it on and the
 * construction kit that does it. How keys of a suite sign is in `scheme.ts`.
 */
import { createFROST, type FROST } from '@noble/curves/abstract/frost.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1, secp256k1_FROST } from '@noble/curves/secp256k1.js';
import { sha512 } from '@noble/hashes/sha2.js';
import type { KeySuite } from '#lib/protocol/suites.ts';
import { arithmeticOver, type Arithmetic } from './polynomial.ts';

export type Suite = {
  /** Name of the suite in documents and hashes. */
  readonly name: KeySuite;
  /** Key generation of the suite, and RFC 9591 signatures on its curve. */
  readonly frost: FROST;
  readonly arithmetic: Arithmetic;
  /** Length of an encoded point: 32 on Ed25519, 33 on secp256k1. */
  readonly pointBytes: number;
};

/**
 * FROST(Ed25519, SHA-512) of RFC 9591, put together from noble's construction kit.
 *
 * Noble's ready-made `ed25519_FROST` is the same suite with a hook that checks every received point
 * for torsion a second time, which is most of what a signature costs. `createFROST` itself makes
 * that check (and those for validity and identity) on each point it parses; the tests hold this
 * suite against the published vectors, against the ready-made one and against bad points.
 *
 * RFC 9591 6.1 leaves H2 undecorated, so that signatures verify as plain Ed25519.
 */
export const ed25519Suite: Suite = {
  name: 'FROST-ED25519-SHA512-v1',
  frost: createFROST({
    name: 'FROST-ED25519-SHA512-v1',
    Point: ed25519.Point,
    hash: sha512,
    H2: '',
  }),
  arithmetic: arithmeticOver(ed25519.Point),
  pointBytes: 32,
};

/**
 * RFC 9591 key generation on secp256k1. Never that of noble's `schnorr_FROST`, which applies BIP341's
 * tweak to the key it makes, so that nothing can be derived from it.
 */
const onSecp256k1 = (name: KeySuite): Suite => ({
  name,
  frost: secp256k1_FROST,
  arithmetic: arithmeticOver(secp256k1.Point),
  pointBytes: 33,
});

const suites: Readonly<Record<KeySuite, Suite>> = {
  'FROST-ED25519-SHA512-v1': ed25519Suite,
  'FROST-secp256k1-SHA256-TR-v1': onSecp256k1('FROST-secp256k1-SHA256-TR-v1'),
  'DKLS23-secp256k1-SHA256-v1': onSecp256k1('DKLS23-secp256k1-SHA256-v1'),
};

export const suiteOf = (name: KeySuite): Suite => suites[name];
