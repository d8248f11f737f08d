/** The hash functions of RFC 9591's ciphersuites that adding shares up needs (6.1 and 6.5). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1_hasher } from '@noble/curves/secp256k1.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

export type Hashes = {
  /** H1: below the order of the group. */
  readonly bindingFactor: (data: Uint8Array) => bigint;
  /** H4, of what is signed. */
  readonly message: (data: Uint8Array) => Uint8Array;
  /** H5, of the encoded list of commitments. */
  readonly commitments: (data: Uint8Array) => Uint8Array;
};

function toScalar(hash: Uint8Array): bigint {
  return ed25519.Point.Fn.create(BigInt(`0x${Buffer.from(hash).reverse().toString('hex')}`));
}

/** Of FROST(Ed25519, SHA-512): what is hashed comes after the suite's name and that of the function. */
export function hashesOnEd25519(name: string): Hashes {
  const prefixed =
    (label: string) =>
    (data: Uint8Array): Uint8Array =>
      sha512(concatBytes(utf8ToBytes(name + label), data));
  return {
    bindingFactor: (data) => toScalar(prefixed('rho')(data)),
    message: prefixed('msg'),
    commitments: prefixed('com'),
  };
}

/** Of FROST(secp256k1, SHA-256): the binding factor by RFC 9380's hash_to_field, of which this is the tag. */
export function hashesOnSecp256k1(name: string): Hashes {
  const prefixed =
    (label: string) =>
    (data: Uint8Array): Uint8Array =>
      sha256(concatBytes(utf8ToBytes(name + label), data));
  const DST = utf8ToBytes(`${name}rho`);
  return {
    bindingFactor: (data) => secp256k1_hasher.hashToScalar(data, { DST }),
    message: prefixed('msg'),
    commitments: prefixed('com'),
  };
}
