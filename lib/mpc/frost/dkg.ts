/**
 * One member's side of the distributed key generation, round by round. The maths is noble's;
 * commitment, reveal and echo around it are the ceremony's (`party/ceremony`), because noble does
 * not notice a dealer that tells different members different things.
 */
import type { DKG_Round1, DKG_Secret } from '@noble/curves/abstract/frost.js';
import { fromHex, toHex } from '../wire/encoding.ts';
import type { CeremonyPackage } from '../wire/payloads.ts';
import { fromFrostPublic, identifierOf, shareBelongs, type GroupKey } from './group.ts';
import type { Suite } from './suite.ts';

export type DkgState = {
  suite: Suite;
  index: number;
  indexes: readonly number[];
  secret: DKG_Secret;
};

/** Secret of one dealer for one receiver: a scalar of 32 bytes. */
export type DealtShare = Uint8Array;

export type DkgResult = { group: GroupKey; signingShare: Uint8Array };

export type DkgFault<C extends string> = { ok: false; refusal: C; culprit: number | null };

/** @param indexes numbers of all members, own included. */
export function startDkg(
  suite: Suite,
  index: number,
  indexes: readonly number[],
  threshold: number,
): { state: DkgState; revealed: CeremonyPackage } {
  const { public: open, secret } = suite.frost.DKG.round1(identifierOf(suite, index), {
    min: threshold,
    max: indexes.length,
  });
  return {
    state: { suite, index, indexes, secret },
    revealed: {
      coefficients: open.commitment.map(toHex),
      proof: toHex(open.proofOfKnowledge),
    },
  };
}

function toRound1(suite: Suite, index: number, revealed: CeremonyPackage): DKG_Round1 {
  return {
    identifier: identifierOf(suite, index),
    commitment: revealed.coefficients.map(fromHex),
    proofOfKnowledge: fromHex(revealed.proof),
  };
}

function othersOf(state: DkgState, packages: ReadonlyMap<number, CeremonyPackage>): DKG_Round1[] {
  return state.indexes
    .filter((index) => index !== state.index)
    .map((index) => {
      const revealed = packages.get(index);
      if (!revealed) throw new Error('A package is missing.');
      return toRound1(state.suite, index, revealed);
    });
}

function provesKnowledge(state: DkgState, other: DKG_Round1): boolean {
  // A group of two suffices: the proof covers the first coefficient only.
  const { frost } = state.suite;
  const probe = frost.DKG.round1(identifierOf(state.suite, state.index), { min: 2, max: 2 });
  try {
    frost.DKG.round2(probe.secret, [{ ...other, commitment: other.commitment.slice(0, 2) }]);
    return true;
  } catch {
    return false;
  } finally {
    frost.DKG.clean(probe.secret);
  }
}

/** Finds whose package is bad once noble refused the set; only the fault path pays for it. */
function findBadPackage(
  state: DkgState,
  packages: ReadonlyMap<number, CeremonyPackage>,
): number | null {
  for (const [index, revealed] of packages) {
    if (index === state.index) continue;
    const sound =
      revealed.coefficients.length === state.secret.signers.min &&
      revealed.coefficients.every(state.suite.arithmetic.isSoundPoint) &&
      provesKnowledge(state, toRound1(state.suite, index, revealed));
    if (!sound) return index;
  }
  return null;
}

/** Checks every package (length, subgroup, proof of knowledge) and deals a share to each other member. */
export function dealShares(
  state: DkgState,
  packages: ReadonlyMap<number, CeremonyPackage>,
): { ok: true; shares: Map<number, DealtShare> } | DkgFault<'ceremony-proof-invalid'> {
  const others = othersOf(state, packages);
  try {
    const dealt = state.suite.frost.DKG.round2(state.secret, others);
    const shares = new Map<number, DealtShare>();
    for (const index of state.indexes) {
      const share = dealt[identifierOf(state.suite, index)];
      if (share) shares.set(index, share.signingShare);
    }
    return { ok: true, shares };
  } catch {
    return {
      ok: false,
      refusal: 'ceremony-proof-invalid',
      culprit: findBadPackage(state, packages),
    };
  }
}

/** True when a dealt share lies on the polynomial its dealer committed to. */
function shareFits(
  { suite, index, indexes }: DkgState,
  dealer: CeremonyPackage,
  share: DealtShare,
): boolean {
  try {
    suite.frost.validateSecret(
      { identifier: identifierOf(suite, index), signingShare: share },
      {
        signers: { min: dealer.coefficients.length, max: indexes.length },
        commitments: dealer.coefficients.map(fromHex),
        verifyingShares: {},
      },
    );
    return true;
  } catch {
    return false;
  }
}

/** Checks every dealt share and adds up the own one; consumes the state. */
export function finishDkg(
  state: DkgState,
  packages: ReadonlyMap<number, CeremonyPackage>,
  shares: ReadonlyMap<number, DealtShare>,
): ({ ok: true } & DkgResult) | DkgFault<'ceremony-share-invalid'> {
  const { suite } = state;
  try {
    const key = suite.frost.DKG.round3(
      state.secret,
      othersOf(state, packages),
      [...shares].map(([index, signingShare]) => ({
        identifier: identifierOf(suite, index),
        signingShare,
      })),
    );
    const group = fromFrostPublic(suite, key.public, state.indexes);
    if (!shareBelongs(suite, group, state.index, key.secret.signingShare))
      return { ok: false, refusal: 'ceremony-share-invalid', culprit: null };
    return { ok: true, group, signingShare: key.secret.signingShare };
  } catch {
    const bad = [...shares].find(([dealer, share]) => {
      const revealed = packages.get(dealer);
      return !revealed || !shareFits(state, revealed, share);
    });
    return { ok: false, refusal: 'ceremony-share-invalid', culprit: bad?.[0] ?? null };
  }
}

/** Erases what the state still holds; safe to call twice. */
export function abandonDkg(state: DkgState): void {
  state.suite.frost.DKG.clean(state.secret);
}
