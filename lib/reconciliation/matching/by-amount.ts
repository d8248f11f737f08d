import type { Item } from './item.ts';
import { groupBy, without, type Matching, type Pair } from './pairing.ts';

const dayMs = 86_400_000;
/** Items looked at for one with a fee; more of nearly the same amount on nearly the same day are rare. */
const candidatesMax = 64;

type AmountRule = { name: string; days: number; feeTolerance: string };

const momentOf = ({ at }: Item): number => Date.parse(at);

/**
 * One to one by the same amount within a window of days, the earliest first: for windows of one
 * length that is as many pairs as there can be.
 * @param matching with items in the order of `byMoment`.
 */
export function matchByAmount(
  { pairs, ledger, outside }: Matching,
  { name, days }: AmountRule,
): Matching {
  const theirs = groupBy(outside, ({ amount }) => amount);
  const found: Pair[] = [];
  const taken = new Set<Item>();
  for (const [amount, ours] of groupBy(ledger, (item) => item.amount)) {
    const others = theirs.get(amount) ?? [];
    for (let i = 0, j = 0; i < ours.length && j < others.length;) {
      const [a, b] = [ours[i], others[j]];
      if (!a || !b) break;
      const apart = momentOf(a) - momentOf(b);
      if (Math.abs(apart) <= days * dayMs) {
        taken.add(a).add(b);
        found.push({ ledger: [a], outside: [b], by: name });
        i += 1;
        j += 1;
      } else if (apart < 0) i += 1;
      else j += 1;
    }
  }
  return {
    pairs: [...pairs, ...found],
    ledger: without(ledger, taken),
    outside: without(outside, taken),
  };
}

/** One to one by what is short of the amount by no more than the fee that the rule allows. */
export function matchWithFee(matching: Matching, rule: AmountRule): Matching {
  const tolerance = BigInt(rule.feeTolerance);
  if (tolerance === 0n) return matching;
  const { pairs, ledger, outside } = matching;
  const others = outside
    .map((item) => ({ item, amount: BigInt(item.amount) }))
    .toSorted((a, b) => compareUnits(a.amount, b.amount));
  const found: Pair[] = [];
  const taken = new Set<Item>();
  for (const item of ledger) {
    const amount = BigInt(item.amount);
    // A fee makes less of what comes in and more of what goes out: the other side is lower.
    let place = firstAtLeast(others, amount - tolerance);
    const last = Math.min(place + candidatesMax, others.length);
    for (; place < last; place += 1) {
      const other = others[place];
      if (!other || other.amount > amount) break;
      const apart = Math.abs(momentOf(item) - momentOf(other.item));
      if (taken.has(other.item) || apart > rule.days * dayMs) continue;
      taken.add(item).add(other.item);
      found.push({ ledger: [item], outside: [other.item], by: rule.name });
      break;
    }
  }
  return {
    pairs: [...pairs, ...found],
    ledger: without(ledger, taken),
    outside: without(outside, taken),
  };
}

function compareUnits(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function firstAtLeast(list: readonly { amount: bigint }[], least: bigint): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = list[middle];
    if (there && there.amount < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
