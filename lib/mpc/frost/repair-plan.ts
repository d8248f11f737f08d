/** What helpers and the lost member agree on in a repair, and the checks that both make. */
import { z } from 'zod';
import { hexOf } from '../wire/encoding.ts';
import type { DkgFault } from './dkg.ts';
import { fromEach } from './from-each.ts';
import type { GroupKey } from './group.ts';
import type { GroupPoint } from './polynomial.ts';
import type { Suite } from './suite.ts';

/** Who repairs whose share of which key: exactly t helpers, the lost member not among them. */
export type RepairPlan = {
  suite: Suite;
  group: GroupKey;
  lost: number;
  helpers: readonly number[];
};

/** What each helper shows: δ·G for each helper in the order of their numbers, own included. */
export const repairPackage = ({ pointBytes }: Suite) =>
  z.strictObject({ deltas: z.array(hexOf(pointBytes)).min(2).max(16) });
export type RepairPackage = z.infer<ReturnType<typeof repairPackage>>;

/** True for a member of the key and exactly as many others as the threshold says. */
export function isRepairPlan({ group, lost, helpers }: RepairPlan): boolean {
  const members = new Set(group.shares.map(({ index }) => index));
  return (
    members.delete(lost) &&
    helpers.length === group.threshold &&
    helpers.every((helper) => members.delete(helper))
  );
}

/** Every list about helpers is in this order. */
export const inOrder = (helpers: readonly number[]): number[] => helpers.toSorted((a, b) => a - b);

/** One message of each helper, in the order of their numbers. @throws when one is missing. */
export const fromHelpers = <T>(
  plan: RepairPlan,
  messages: ReadonlyMap<number, T>,
): Map<number, T> => fromEach(inOrder(plan.helpers), messages);

/** True when the helper's deltas are sound points that add up to its weighted verifying share. */
function splitsOwnShare(plan: RepairPlan, helper: number, of: RepairPackage): boolean {
  const { group, lost, helpers } = plan;
  const { addPoints, isSoundPoint, lagrangeWeight, pointOf } = plan.suite.arithmetic;
  if (of.deltas.length !== helpers.length || !of.deltas.every(isSoundPoint)) return false;
  const listed = group.shares.find(({ index }) => index === helper);
  if (!listed) return false;
  const weight = lagrangeWeight(helpers, helper, lost);
  const weighted = pointOf(listed.verifyingShare).multiplyUnsafe(weight);
  return addPoints(of.deltas.map(pointOf)).equals(weighted);
}

/** Checks packages of all helpers; the lost member and each helper ask the same. */
export function findUnsound(
  plan: RepairPlan,
  packages: ReadonlyMap<number, RepairPackage>,
): DkgFault<'repair-commitment-unsound'> | null {
  for (const [helper, shown] of packages)
    if (!splitsOwnShare(plan, helper, shown))
      return { ok: false, refusal: 'repair-commitment-unsound', culprit: helper };
  return null;
}

/** Commitments to what one helper gets, by the helper it gets it from. */
export function commitmentsTo(
  plan: RepairPlan,
  packages: ReadonlyMap<number, RepairPackage>,
  receiver: number,
): Map<number, GroupPoint> {
  const place = inOrder(plan.helpers).indexOf(receiver);
  return new Map(
    [...packages].map(([helper, { deltas }]) => [
      helper,
      plan.suite.arithmetic.pointOf(deltas[place] ?? ''),
    ]),
  );
}
