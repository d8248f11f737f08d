import { sumOf, type Item } from './item.ts';
import { groupBy, without, type Matching, type Pair } from './pairing.ts';

/** More items than a bank puts into one sum; a larger group is for people to look at. */
const groupMax = 1_000;

/** Several to several: all items with one reference, where both sides sum to the same. */
export function matchByReference(
  { pairs, ledger, outside }: Matching,
  { name }: { name: string },
): Matching {
  const theirs = groupBy(outside, ({ reference }) => reference);
  const found: Pair[] = [];
  const taken = new Set<Item>();
  for (const [reference, ours] of groupBy(ledger, (item) => item.reference)) {
    const others = theirs.get(reference);
    if (!others || ours.length + others.length > groupMax || sumOf(ours) !== sumOf(others))
      continue;
    for (const item of [...ours, ...others]) taken.add(item);
    found.push({ ledger: ours, outside: others, by: name });
  }
  return {
    pairs: [...pairs, ...found],
    ledger: without(ledger, taken),
    outside: without(outside, taken),
  };
}
