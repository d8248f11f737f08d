import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fromHex, hexOf, toHex } from '../wire/encoding.ts';
import { dealShares, finishDkg, type DkgState } from './dkg.ts';
import { publicKeyOf } from './group.ts';
import { at, done } from './testing/holders.ts';
import { ed25519Suite } from './suite.ts';

const { scalarOf } = ed25519Suite.arithmetic;
const { frost } = ed25519Suite;

const member = z.object({
  identifier: z.number(),
  signing_key: hexOf(32),
  coefficient: hexOf(32),
  vss_commitments: z.array(hexOf(32)),
  proof_of_knowledge: hexOf(64),
  /** What the others dealt to this member. */
  signing_shares: z.record(z.string(), hexOf(32)),
  verifying_share: hexOf(32),
  signing_share: hexOf(32),
});
const { inputs } = z
  .object({
    inputs: z.object({ verifying_key: hexOf(32), '1': member, '2': member, '3': member }),
  })
  .parse(
    JSON.parse(
      readFileSync(new URL('./vectors/zf-frost/vectors_dkg.json', import.meta.url), 'utf8'),
    ),
  );
const members = [inputs['1'], inputs['2'], inputs['3']];
const indexes = [1, 2, 3];

/** A member that drew what the vector says. */
function stateOf({ identifier, signing_key, coefficient }: (typeof members)[number]): DkgState {
  const signers = { min: 2, max: 3 };
  const drawn = frost.utils.generateSecretPolynomial(signers, fromHex(signing_key), [
    scalarOf(fromHex(coefficient)),
  ]);
  const secret = { ...drawn, identifier: BigInt(identifier), signers, step: 1 as const };
  return { suite: ed25519Suite, index: identifier, indexes, secret };
}

describe("the Zcash Foundation's vectors for key generation, frost-ed25519", () => {
  test('packages, dealt shares, the shares and the group key are the published ones', () => {
    const states = new Map(members.map((of) => [of.identifier, stateOf(of)]));
    const packages = new Map(
      members.map((of) => [
        of.identifier,
        { coefficients: of.vss_commitments, proof: of.proof_of_knowledge },
      ]),
    );
    const dealt = new Map(
      [...states].map(([index, state]) => [index, done(dealShares(state, packages)).shares]),
    );
    for (const of of members) {
      const state = at(states, of.identifier);
      expect(state.secret.commitment.map(toHex)).toEqual(of.vss_commitments);
      const received = new Map(
        Object.entries(of.signing_shares).map(([dealer, share]) => [
          Number(dealer),
          fromHex(share),
        ]),
      );
      for (const [dealer, share] of received)
        expect(toHex(at(at(dealt, dealer), of.identifier))).toBe(toHex(share));
      const { group, signingShare } = done(finishDkg(state, packages, received));
      expect(publicKeyOf(group)).toBe(inputs.verifying_key);
      expect(toHex(signingShare)).toBe(of.signing_share);
      expect(group.shares.map(({ verifyingShare }) => verifyingShare)).toEqual(
        members.map(({ verifying_share }) => verifying_share),
      );
    }
  });
});
