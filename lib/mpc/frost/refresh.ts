/**
 * One member's side of a key refresh, round by round: all members deal each other shares of zero
 * and add what they got to their old share. The public key stays, every share changes, and old and
 * new shares don't fit together. Polynomials with constant zero after Herzberg, Jarecki, Krawczyk
 * and Yung (CRYPTO '95); rounds as `refresh_dkg_part1`, `_part2` and `refresh_dkg_shares` of the
 * Zcash Foundation's frost-core (`keys/refresh.rs`), named at each function.
 *
 * - The constant term's commitment would be the identity, which has no encoding in RFC 9591 3.1. It
 *   is left out, so nobody can state another: the public key cannot move.
 * - No proof of knowledge. In key generation it keeps a dealer from choosing its constant term after
 *   those of others; here there is none to choose. What a member adds is a number that its dealer
 *   handed over and that fits the commitments, so a dealer knows what it changes; one that commits
 *   to what it does not know spoils its own share only. (frost-core carries such a proof along
 *   because its package has the field, and says that it need not be verified.)
 * - The threshold stays: exactly t−1 coefficients are taken from each dealer (frost-core asks for
 *   that since a security fix in 2.2.0), and a sum whose highest one vanished is refused.
 * - All members take part. One left out would keep a share that still fits those of the old epoch.
 *
 * What it does not do: whoever holds t−1 members *while* they refresh sees enough to compute
 * everybody's change, so these count as taken before and after. Promise before reveal, one
 * consistent broadcast, and the switch of epochs at all members or none are the ceremony's.
 */
import { z } from 'zod';
import { hexOf } from '../wire/encoding.ts';
import type { DealtShare, DkgFault, DkgResult } from './dkg.ts';
import { fromEach } from './from-each.ts';
import { isConsistent, shareBelongs, type GroupKey } from './group.ts';
import type { Suite } from './suite.ts';

/** What each member shows: commitments to its polynomial from the linear term up, t−1 of them. */
export const refreshPackage = ({ pointBytes }: Suite) =>
  z.strictObject({ coefficients: z.array(hexOf(pointBytes)).min(1).max(15) });
export type RefreshPackage = z.infer<ReturnType<typeof refreshPackage>>;

export type RefreshState = {
  readonly suite: Suite;
  /** The key before the refresh. */
  readonly group: GroupKey;
  readonly index: number;
  readonly revealed: RefreshPackage;
  /** The own polynomial from the linear term up; empty once the refresh is over. */
  coefficients: Uint8Array[];
  /** Packages that passed; dealt shares are held against these and no others. */
  packages: ReadonlyMap<number, RefreshPackage> | null;
};

/**
 * Draws the own polynomial (frost-core `refresh_dkg_part1`).
 * @throws when the key is inconsistent or has no such member.
 */
export function startRefresh(
  suite: Suite,
  group: GroupKey,
  index: number,
): { state: RefreshState; revealed: RefreshPackage } {
  if (!isConsistent(suite, group) || !group.shares.some((share) => share.index === index))
    throw new Error('A refresh starts from a consistent key of which one is a member.');
  const { commitTo, pointHex, scalarOf } = suite.arithmetic;
  const coefficients = Array.from({ length: group.threshold - 1 }, () =>
    suite.frost.utils.randomScalar(),
  );
  const revealed = { coefficients: coefficients.map((own) => pointHex(commitTo(scalarOf(own)))) };
  return { state: { suite, group, index, revealed, coefficients, packages: null }, revealed };
}

const othersOf = (state: RefreshState): number[] =>
  state.group.shares.map(({ index }) => index).filter((index) => index !== state.index);

/** @throws when nothing of the polynomial is left. */
function polynomialOf(state: RefreshState): bigint[] {
  if (state.coefficients.length === 0) throw new Error('The refresh is over.');
  return [0n, ...state.coefficients.map(state.suite.arithmetic.scalarOf)];
}

/**
 * Checks every package (exact length, points of prime order) and deals each other member its share
 * of zero (frost-core `refresh_dkg_part2`). The caller wipes the shares once they are sealed.
 * @param packages by index, of all other members at least; the own one is known.
 */
export function dealRefreshShares(
  state: RefreshState,
  packages: ReadonlyMap<number, RefreshPackage>,
): { ok: true; shares: Map<number, DealtShare> } | DkgFault<'refresh-commitment-unsound'> {
  const { evaluate, isSoundPoint, scalarBytes } = state.suite.arithmetic;
  const polynomial = polynomialOf(state);
  const shown = fromEach(othersOf(state), packages);
  for (const [index, { coefficients }] of shown)
    if (coefficients.length !== state.group.threshold - 1 || !coefficients.every(isSoundPoint))
      return { ok: false, refusal: 'refresh-commitment-unsound', culprit: index };
  state.packages = new Map([...shown, [state.index, state.revealed]]);
  return {
    ok: true,
    shares: new Map(
      othersOf(state).map((index) => [index, scalarBytes(evaluate(polynomial, index))]),
    ),
  };
}

/** The public side of the new epoch: every coefficient but the constant one moves. */
function moveGroup({ suite, group }: RefreshState, packages: Iterable<RefreshPackage>): GroupKey {
  const { addPoints, evaluatePoints, pointHex, pointOf } = suite.arithmetic;
  const shown = [...packages];
  const commitments = group.commitments.map((old, degree) =>
    addPoints([
      pointOf(old),
      ...(degree === 0 ? [] : shown.map((of) => pointOf(of.coefficients[degree - 1] ?? ''))),
    ]),
  );
  return {
    threshold: group.threshold,
    commitments: commitments.map(pointHex),
    shares: group.shares.map(({ index }) => ({
      index,
      verifyingShare: pointHex(evaluatePoints(commitments, index)),
    })),
  };
}

/**
 * Checks every dealt share against its dealer's commitments and adds all to the old share; consumes
 * the state (frost-core `refresh_dkg_shares`). The old share stays the caller's, who wipes it when
 * all members have switched.
 *
 * `refresh-commitment-unsound` has no culprit here: packages that are sound one by one add up to a
 * key of lower threshold. Nobody can aim at that who had to promise its package before seeing others.
 * @param shares by dealer, of all other members.
 * @throws when the old share does not belong to the old key, a share is missing, or nothing was dealt.
 */
export function finishRefresh(
  state: RefreshState,
  shares: ReadonlyMap<number, DealtShare>,
  oldShare: Uint8Array,
): ({ ok: true } & DkgResult) | DkgFault<'refresh-share-invalid' | 'refresh-commitment-unsound'> {
  const { suite, packages } = state;
  const { addScalars, evaluate, evaluatePoints, opens, pointOf, scalarBytes, scalarOf } =
    suite.arithmetic;
  const own = evaluate(polynomialOf(state), state.index);
  if (!packages) throw new Error('The packages of this refresh were not checked yet.');
  if (!shareBelongs(suite, state.group, state.index, oldShare))
    throw new Error('The old share does not belong to the key that is refreshed.');
  const dealt = fromEach(othersOf(state), shares);
  abandonRefresh(state);
  for (const [dealer, share] of dealt) {
    const coefficients = (packages.get(dealer)?.coefficients ?? []).map(pointOf);
    const promised = evaluatePoints(coefficients, state.index).multiplyUnsafe(BigInt(state.index));
    if (!opens(promised, share))
      return { ok: false, refusal: 'refresh-share-invalid', culprit: dealer };
  }
  const group = moveGroup(state, packages.values());
  const received = [...dealt.values()].map(scalarOf);
  const signingShare = scalarBytes(addScalars([scalarOf(oldShare), own, ...received]));
  if (isConsistent(suite, group) && shareBelongs(suite, group, state.index, signingShare))
    return { ok: true, group, signingShare };
  signingShare.fill(0);
  return { ok: false, refusal: 'refresh-commitment-unsound', culprit: null };
}

/** Erases what the state still holds; safe to call twice. */
export function abandonRefresh(state: RefreshState): void {
  for (const coefficient of state.coefficients) coefficient.fill(0);
  state.coefficients = [];
}
