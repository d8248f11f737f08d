import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { secp256k1_FROST } from '@noble/curves/secp256k1.js';
import { fromHex, hexOf, toHex } from '../wire/encoding.ts';
import { bindingFactors } from './combine.ts';
import { ciphersuiteOf, proofScheme } from './scheme.ts';
import type { CommitmentPair } from './signing.ts';
import { suiteOf } from './suite.ts';

const scalar = hexOf(32);
const point = hexOf(33);
const vector = z
  .object({
    inputs: z.object({
      participant_list: z.array(z.number()),
      group_secret_key: scalar,
      group_public_key: point,
      message: z.string(),
      participant_shares: z.array(z.object({ identifier: z.number(), participant_share: scalar })),
      share_polynomial_coefficients: z.array(scalar).length(1),
    }),
    round_one_outputs: z.object({
      outputs: z.array(
        z.object({
          identifier: z.number(),
          hiding_nonce_randomness: scalar,
          binding_nonce_randomness: scalar,
          hiding_nonce: scalar,
          binding_nonce: scalar,
          hiding_nonce_commitment: point,
          binding_nonce_commitment: point,
          binding_factor: scalar,
        }),
      ),
    }),
    round_two_outputs: z.object({
      outputs: z.array(z.object({ identifier: z.number(), sig_share: scalar })),
    }),
    final_output: z.object({ sig: hexOf(65) }),
  })
  .parse(
    JSON.parse(
      readFileSync(
        new URL('./vectors/rfc9591-secp256k1/frost-secp256k1-sha256.json', import.meta.url),
        'utf8',
      ),
    ),
  );

const { inputs } = vector;
const suite = suiteOf('FROST-secp256k1-SHA256-TR-v1');
const { Fn, generateSecretPolynomial } = secp256k1_FROST.utils;
const signers = { min: 2, max: 3 };
const identifierOf = (index: number): string => secp256k1_FROST.Identifier.fromNumber(index);
const secretOf = (index: number) => {
  const found = inputs.participant_shares.find(({ identifier }) => identifier === index);
  if (!found) throw new Error('no such share');
  return { identifier: identifierOf(index), signingShare: fromHex(found.participant_share) };
};
/** scalar·G, by way of a polynomial with this constant. */
const commitTo = (secret: Uint8Array): Uint8Array =>
  generateSecretPolynomial(signers, secret).commitment[0] ?? new Uint8Array();

const group = {
  signers,
  commitments: generateSecretPolynomial(
    signers,
    fromHex(inputs.group_secret_key),
    inputs.share_polynomial_coefficients.map((text) => Fn.fromBytes(fromHex(text))),
  ).commitment,
  verifyingShares: Object.fromEntries(
    inputs.participant_shares.map(({ identifier }) => [
      identifierOf(identifier),
      commitTo(secretOf(identifier).signingShare),
    ]),
  ),
};

/** Feeds the published randomness to noble's nonce generation, in its order. */
function scripted(...chunks: string[]): (length?: number) => Uint8Array<ArrayBuffer> {
  return () => fromHex(chunks.shift() ?? '');
}

describe('RFC 9591 appendix E.5, FROST(secp256k1, SHA-256), the suite of keys for derivation', () => {
  test('the group key and each share are the published ones and belong together', () => {
    expect(toHex(group.commitments[0] ?? new Uint8Array())).toBe(inputs.group_public_key);
    for (const { identifier } of inputs.participant_shares)
      expect(() => secp256k1_FROST.validateSecret(secretOf(identifier), group)).not.toThrow();
    const foreign = { ...secretOf(1), identifier: identifierOf(2) };
    expect(() => secp256k1_FROST.validateSecret(foreign, group)).toThrow('secret share');
  });

  test('nonces, shares and the signature are the published ones', () => {
    const message = fromHex(inputs.message);
    const ready = vector.round_one_outputs.outputs.map((output) => {
      const made = secp256k1_FROST.commit(
        secretOf(output.identifier),
        scripted(output.hiding_nonce_randomness, output.binding_nonce_randomness),
      );
      expect(toHex(made.nonces.hiding)).toBe(output.hiding_nonce);
      expect(toHex(made.nonces.binding)).toBe(output.binding_nonce);
      expect(toHex(made.commitments.hiding)).toBe(output.hiding_nonce_commitment);
      expect(toHex(made.commitments.binding)).toBe(output.binding_nonce_commitment);
      return { index: output.identifier, ...made };
    });
    expect(ready.map(({ index }) => index)).toEqual(inputs.participant_list);
    const list = ready.map(({ commitments }) => commitments);
    const shares = ready.map(({ index, nonces }) => {
      const share = secp256k1_FROST.signShare(secretOf(index), group, nonces, list, message);
      const published = vector.round_two_outputs.outputs.find(
        ({ identifier }) => identifier === index,
      );
      expect(toHex(share)).toBe(published?.sig_share);
      return [identifierOf(index), share] as const;
    });
    const pairs = vector.round_one_outputs.outputs.map((output): [number, CommitmentPair] => [
      output.identifier,
      { hiding: output.hiding_nonce_commitment, binding: output.binding_nonce_commitment },
    ]);
    const factors = bindingFactors(ciphersuiteOf(suite), inputs.group_public_key, pairs, message);
    for (const output of vector.round_one_outputs.outputs)
      expect(toHex(Fn.toBytes(factors.get(output.identifier) ?? 0n))).toBe(output.binding_factor);
    const combined = proofScheme(suite).combine({
      publicKey: inputs.group_public_key,
      pairs: new Map(pairs),
      shares: new Map(ready.map(({ index }, place) => [index, shares[place]?.[1] ?? message])),
      message,
    });
    expect(toHex(combined)).toBe(vector.final_output.sig);
    const signature = secp256k1_FROST.aggregate(group, list, message, Object.fromEntries(shares));
    expect(toHex(signature)).toBe(vector.final_output.sig);
    const publicKey = fromHex(inputs.group_public_key);
    expect(secp256k1_FROST.verify(signature, message, publicKey)).toBe(true);
    expect(secp256k1_FROST.verify(signature, new Uint8Array(4), publicKey)).toBe(false);
  });
});
