/**
 * Rebuilding a lost share with the help of t other members, none of whom learns anything of another's
 * share or of the rebuilt one. The enrolment protocol as a repairable threshold scheme (Stinson and
 * Wei, arXiv 1609.01240; Laing and Stinson, eprint 2017/1155); steps as `repair_share_part1` to
 * `_part3` of the Zcash Foundation's frost-core (`keys/repairable.rs`), named at each function.
 *
 * Helper i holds s_i. With λ_i its Lagrange weight at the lost member's place, λ_i·s_i is split into
 * random deltas δ_ij, one for each helper j, itself included. Helper j adds what it got to σ_j, and
 * the lost member adds the σ_j: Σ_j Σ_i δ_ij = Σ_i λ_i·s_i = its share.
 *
 * In the published scheme a wrong sum names nobody. Here each helper first shows D_ij = δ_ij·G:
 * - Σ_j D_ij must be λ_i times its verifying share: who splits anything but its share is named by all;
 * - δ_ij must be what D_ij commits to, or its sender is named by the helper that got it;
 * - σ_j must be what Σ_i D_ij commits to, or its sender is named by the lost member.
 * Such D_ij can be made up from the verifying shares and random numbers, so they tell nothing new.
 *
 * What the names rest on: all saw the same D_ij. Packages travel in signed broadcasts and their hash
 * is compared before a delta is dealt; else one helper could get another blamed. That a delta was bad
 * is one helper's word against another's, as it is for a dealt share in key generation.
 *
 * A repair should be followed by a refresh: nobody knows where the lost copy is.
 */
import type { DkgFault } from './dkg.ts';
import { isConsistent, shareBelongs } from './group.ts';
import {
  commitmentsTo,
  findUnsound,
  fromHelpers,
  inOrder,
  isRepairPlan,
  type RepairPackage,
  type RepairPlan,
} from './repair-plan.ts';

/** One helper's part for another: a scalar of 32 bytes. */
export type Delta = Uint8Array;

/** What a helper hands to the lost member: a scalar of 32 bytes. */
export type Sigma = Uint8Array;

export type RepairState = {
  readonly plan: RepairPlan;
  readonly index: number;
  readonly revealed: RepairPackage;
  /** By helper; empty once the repair is over. */
  deltas: Map<number, Delta>;
  /** Packages that passed; deltas are held against these and no others. */
  packages: ReadonlyMap<number, RepairPackage> | null;
};

/**
 * Splits the own weighted share (frost-core `repair_share_part1`).
 * @param random draws a scalar other than zero, 32 bytes; for published vectors only.
 * @throws when the plan is none, or the share is not this helper's share of the key.
 */
export function startRepair(
  plan: RepairPlan,
  index: number,
  signingShare: Uint8Array,
  random: () => Uint8Array = plan.suite.frost.utils.randomScalar,
): { state: RepairState; revealed: RepairPackage } {
  const { suite } = plan;
  const { commitTo, lagrangeWeight, multiplyScalars, pointHex } = suite.arithmetic;
  const { scalarBytes, scalarOf, subtractScalars } = suite.arithmetic;
  if (!isRepairPlan(plan) || !plan.helpers.includes(index))
    throw new Error('A repair needs as many helpers as the threshold, and oneself among them.');
  if (!isConsistent(suite, plan.group) || !shareBelongs(suite, plan.group, index, signingShare))
    throw new Error('The share does not belong to the key that is repaired.');
  const helpers = inOrder(plan.helpers);
  const weight = lagrangeWeight(helpers, index, plan.lost);
  const drawn = helpers.slice(1).map(() => scalarOf(random()));
  const whole = multiplyScalars(weight, scalarOf(signingShare));
  const parts = [...drawn, subtractScalars(whole, drawn)];
  const revealed = { deltas: parts.map((part) => pointHex(commitTo(part))) };
  const deltas = new Map(helpers.map((helper, place) => [helper, scalarBytes(parts[place] ?? 0n)]));
  return { state: { plan, index, revealed, deltas, packages: null }, revealed };
}

/**
 * Checks every package and gives out the own deltas, one for each other helper (frost-core: the
 * communication round after part 1). The caller wipes them once they are sealed.
 * @param packages by index, of all other helpers at least; the own one is known.
 * @throws when a package is missing or the repair is over.
 */
export function dealDeltas(
  state: RepairState,
  packages: ReadonlyMap<number, RepairPackage>,
): { ok: true; deltas: Map<number, Delta> } | DkgFault<'repair-commitment-unsound'> {
  if (state.deltas.size === 0) throw new Error('The repair is over.');
  const all = new Map(packages).set(state.index, state.revealed);
  const shown = fromHelpers(state.plan, all);
  const unsound = findUnsound(state.plan, shown);
  if (unsound) return unsound;
  state.packages = shown;
  const others = [...state.deltas].filter(([helper]) => helper !== state.index);
  return { ok: true, deltas: new Map(others.map(([helper, delta]) => [helper, delta.slice()])) };
}

/**
 * Checks every delta and adds them up for the lost member; consumes the state (frost-core
 * `repair_share_part2`). The caller wipes the sum once it is sealed.
 * @param received by sender, of all other helpers.
 * @throws when a delta is missing or nothing was dealt.
 */
export function sumDeltas(
  state: RepairState,
  received: ReadonlyMap<number, Delta>,
): { ok: true; sigma: Sigma } | DkgFault<'repair-delta-invalid'> {
  const { addScalars, opens, scalarBytes, scalarOf } = state.plan.suite.arithmetic;
  const own = state.deltas.get(state.index);
  if (!own || !state.packages) throw new Error('The repair is over, or nothing was dealt yet.');
  const all = fromHelpers(state.plan, new Map(received).set(state.index, own));
  const promised = commitmentsTo(state.plan, state.packages, state.index);
  const bad = [...all].find(([helper, delta]) => {
    const point = promised.get(helper);
    return !point || !opens(point, delta);
  });
  const sigma = bad ? null : scalarBytes(addScalars([...all.values()].map(scalarOf)));
  abandonRepair(state);
  if (sigma) return { ok: true, sigma };
  return { ok: false, refusal: 'repair-delta-invalid', culprit: bad?.[0] ?? null };
}

const shareWrong: DkgFault<'repair-share-wrong'> = {
  ok: false,
  refusal: 'repair-share-wrong',
  culprit: null,
};

/**
 * The lost member's side: checks every package and sum and adds the sums up (frost-core
 * `repair_share_part3`, which checks nothing).
 *
 * `repair-share-wrong` names nobody: the key that the lost member was told of does not hang together.
 * That it is the right one, by its public key, is for the caller to know from elsewhere.
 * @param packages by index, of all helpers.
 * @param sigmas by index, of all helpers.
 * @throws when the plan is none or a message is missing.
 */
export function finishRepair(
  plan: RepairPlan,
  packages: ReadonlyMap<number, RepairPackage>,
  sigmas: ReadonlyMap<number, Sigma>,
):
  | { ok: true; signingShare: Uint8Array }
  | DkgFault<'repair-commitment-unsound' | 'repair-sigma-invalid' | 'repair-share-wrong'> {
  const { suite } = plan;
  const { addPoints, addScalars, opens, scalarBytes, scalarOf } = suite.arithmetic;
  if (!isRepairPlan(plan)) throw new Error('This is no plan for a repair.');
  const shown = fromHelpers(plan, packages);
  const sums = fromHelpers(plan, sigmas);
  if (!isConsistent(suite, plan.group)) return shareWrong;
  const unsound = findUnsound(plan, shown);
  if (unsound) return unsound;
  for (const [helper, sigma] of sums) {
    const promised = addPoints([...commitmentsTo(plan, shown, helper).values()]);
    if (!opens(promised, sigma))
      return { ok: false, refusal: 'repair-sigma-invalid', culprit: helper };
  }
  const signingShare = scalarBytes(addScalars([...sums.values()].map(scalarOf)));
  if (shareBelongs(suite, plan.group, plan.lost, signingShare)) return { ok: true, signingShare };
  signingShare.fill(0);
  return shareWrong;
}

/** Erases what the state still holds; safe to call twice. */
export function abandonRepair(state: RepairState): void {
  for (const delta of state.deltas.values()) delta.fill(0);
  state.deltas.clear();
}
