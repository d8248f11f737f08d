import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ed25519_FROST } from '@noble/curves/ed25519.js';
import { fromHex, toHex } from '../wire/encoding.ts';
import { identifierOf, publicKeyOf, shareBelongs, type GroupKey } from './group.ts';
import { bindingFactors } from './combine.ts';
import { aggregateShares } from './signing.ts';
import { ciphersuiteOf, proofScheme } from './scheme.ts';
import { ed25519Suite } from './suite.ts';

const scheme = proofScheme(ed25519Suite);

const hex = z.string();
const vector = z
  .object({
    config: z.object({ MIN_PARTICIPANTS: z.string() }),
    inputs: z.object({
      participant_list: z.array(z.number()),
      group_secret_key: hex,
      group_public_key: hex,
      message: hex,
      participant_shares: z.array(z.object({ identifier: z.number(), participant_share: hex })),
      share_polynomial_coefficients: z.array(hex),
    }),
    round_one_outputs: z.object({
      outputs: z.array(
        z.object({
          identifier: z.number(),
          hiding_nonce_randomness: hex,
          binding_nonce_randomness: hex,
          hiding_nonce: hex,
          binding_nonce: hex,
          hiding_nonce_commitment: hex,
          binding_nonce_commitment: hex,
          binding_factor: hex,
        }),
      ),
    }),
    round_two_outputs: z.object({
      outputs: z.array(z.object({ identifier: z.number(), sig_share: hex })),
    }),
    final_output: z.object({ sig: hex }),
  })
  .parse(
    JSON.parse(
      readFileSync(new URL('./vectors/frost-ed25519-sha512.json', import.meta.url), 'utf8'),
    ),
  );

const { inputs } = vector;
const shareOf = (index: number): Uint8Array<ArrayBuffer> => {
  const found = inputs.participant_shares.find((share) => share.identifier === index);
  if (!found) throw new Error('no such share');
  return fromHex(found.participant_share);
};

function publicGroup(): GroupKey {
  const coefficients = [inputs.group_secret_key, ...inputs.share_polynomial_coefficients].map(
    (text) => ed25519_FROST.utils.Fn.fromBytes(fromHex(text)),
  );
  const [secret, ...rest] = coefficients;
  const { commitment } = ed25519_FROST.utils.generateSecretPolynomial(
    { min: 2, max: 3 },
    ed25519_FROST.utils.Fn.toBytes(secret ?? 0n),
    rest,
  );
  return {
    threshold: Number(vector.config.MIN_PARTICIPANTS),
    commitments: commitment.map(toHex),
    shares: inputs.participant_shares.map(({ identifier, participant_share }) => ({
      index: identifier,
      verifyingShare: toHex(
        ed25519_FROST.utils.generateSecretPolynomial({ min: 2, max: 3 }, fromHex(participant_share))
          .commitment[0] ?? new Uint8Array(),
      ),
    })),
  };
}

/** Feeds the published randomness to noble's nonce generation, in its order. */
function scripted(...chunks: string[]): (length?: number) => Uint8Array<ArrayBuffer> {
  return () => fromHex(chunks.shift() ?? '');
}

describe('RFC 9591 appendix E.1, FROST(Ed25519, SHA-512)', () => {
  const group = publicGroup();

  test('the group key and each share are the published ones and belong together', () => {
    expect(publicKeyOf(group)).toBe(inputs.group_public_key);
    for (const { identifier } of inputs.participant_shares)
      expect(shareBelongs(ed25519Suite, group, identifier, shareOf(identifier))).toBe(true);
    expect(shareBelongs(ed25519Suite, group, 1, shareOf(2))).toBe(false);
  });

  test('nonces, shares and the signature are the published ones', () => {
    const message = fromHex(inputs.message);
    const nonces = vector.round_one_outputs.outputs.map((output) => {
      const made = ed25519_FROST.commit(
        {
          identifier: identifierOf(ed25519Suite, output.identifier),
          signingShare: shareOf(output.identifier),
        },
        scripted(output.hiding_nonce_randomness, output.binding_nonce_randomness),
      );
      expect(toHex(made.nonces.hiding)).toBe(output.hiding_nonce);
      expect(toHex(made.nonces.binding)).toBe(output.binding_nonce);
      expect(toHex(made.commitments.hiding)).toBe(output.hiding_nonce_commitment);
      expect(toHex(made.commitments.binding)).toBe(output.binding_nonce_commitment);
      return { index: output.identifier, ...made };
    });
    const list = nonces.map(({ commitments }) => commitments);
    const shares = new Map(
      nonces.map(({ index, nonces: pair }) => [
        index,
        ed25519_FROST.signShare(
          { identifier: identifierOf(ed25519Suite, index), signingShare: shareOf(index) },
          {
            signers: { min: 2, max: 3 },
            commitments: group.commitments.map(fromHex),
            verifyingShares: {},
          },
          pair,
          list,
          message,
        ),
      ]),
    );
    for (const output of vector.round_two_outputs.outputs)
      expect(toHex(shares.get(output.identifier) ?? new Uint8Array())).toBe(output.sig_share);
    const pairs = new Map(
      vector.round_one_outputs.outputs.map((output) => [
        output.identifier,
        { hiding: output.hiding_nonce_commitment, binding: output.binding_nonce_commitment },
      ]),
    );
    const factors = bindingFactors(
      ciphersuiteOf(ed25519Suite),
      inputs.group_public_key,
      [...pairs],
      message,
    );
    for (const [index, factor] of factors) {
      const published = vector.round_one_outputs.outputs.find(
        ({ identifier }) => identifier === index,
      );
      expect(toHex(ed25519_FROST.utils.Fn.toBytes(factor))).toBe(published?.binding_factor);
    }
    const result = aggregateShares({ scheme, group, pairs, shares, message });
    expect(result.ok && toHex(result.signature)).toBe(vector.final_output.sig);
    expect(scheme.verify(inputs.group_public_key, message, fromHex(vector.final_output.sig))).toBe(
      true,
    );
  });
});
