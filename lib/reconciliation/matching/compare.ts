/**
 * The run itself, as a function of its inputs. What it guarantees: every item is matched once or is in one
 * difference, and the differences sum to outside less ledger.
 */
import { contentDigest } from '#lib/audit/content-digest.ts';
import { isUnknownAsset } from '#lib/chains/unknown-asset.ts';
import { matchByAmount, matchWithFee } from './by-amount.ts';
import { matchByReference } from './by-reference.ts';
import { matchByTransaction } from './by-transaction.ts';
import { causeOf, type Circumstances } from './cause.ts';
import { differenceContent, identityOf, subjectOf, type Difference } from './difference.ts';
import { foldCorrections } from './fold-corrections.ts';
import { findRepeated, ordered, type RunInputs } from './inputs.ts';
import { byMoment, compareText, sumOf, type Item } from './item.ts';
import type { Matching } from './pairing.ts';
import { feeToleranceOf, type Rule } from './rules.ts';

export type Outcome = {
  type: 'countersign/reconciliation-outcome/v1';
  /** Pairs, or groups of several, that agree to the smallest unit. */
  matched: number;
  /** Items of the ledger that a correction took back before anybody outside saw them. */
  netted: number;
  ledgerBalance: string;
  outsideBalance: string;
  /** Outside less ledger: the sum of the differences. */
  difference: string;
  differences: readonly Difference[];
  /** Items for the next run to look at again. */
  open: { ledger: readonly Item[]; outside: readonly Item[] };
};

export const outcomeDigest = (outcome: Outcome): string => contentDigest(outcome);

/** @throws when one side names the same item twice: the inputs were put together wrongly. */
export function compare(given: RunInputs): Outcome {
  const inputs = ordered(given);
  const { ledger, outside, rules } = inputs;
  const repeated = findRepeated(ledger.items) ?? findRepeated(outside.items);
  if (repeated !== null) throw new Error(`The item ${repeated} is there twice.`);
  const folded = foldCorrections(ledger.items);
  const byTransaction = matchByTransaction({
    pairs: [],
    ledger: folded.items,
    outside: outside.items,
  });
  const matching = matchByRules(byTransaction, rules);
  const unequal = matching.pairs.filter((pair) => sumOf(pair.ledger) !== sumOf(pair.outside));
  const marked = markTwins(matching);
  const differences = [
    ...unequal.map((pair) => ({ ledger: pair.ledger, outside: pair.outside })),
    ...marked.ledger.map((item) => ({ ledger: [item], outside: [] })),
    ...marked.outside.map((item) => ({ ledger: [], outside: [item] })),
  ];
  const told = describe(inputs, differences);
  const total = BigInt(outside.balance) - BigInt(ledger.balance);
  const rest = total - told.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  const differing = rest === 0n ? told : [...told, balanceDifference(inputs, rest)];
  return {
    type: 'countersign/reconciliation-outcome/v1',
    matched: matching.pairs.length - unequal.length,
    netted: folded.netted,
    ledgerBalance: ledger.balance,
    outsideBalance: outside.balance,
    difference: total.toString(),
    differences: differing.toSorted((a, b) => compareText(a.identity, b.identity)),
    open: {
      ledger: differences.flatMap((found) => found.ledger).toSorted(byMoment),
      outside: differences.flatMap((found) => found.outside).toSorted(byMoment),
    },
  };
}

type Found = { ledger: readonly Item[]; outside: readonly Item[] };

/** Rounds in which rules make way for each other; it takes two or three. */
const roundsMax = 100;

/**
 * What one rule took away can let another match what is left, so they go round until none finds more. Only
 * then, and once, is what differs by a fee paired: so the next run, which sees what is open, finds the same.
 */
function matchByRules(from: Matching, rules: readonly Rule[]): Matching {
  let matching = from;
  for (let round = 0; round < roundsMax; round += 1) {
    const before = matching.pairs.length;
    for (const rule of rules)
      matching =
        rule.by === 'reference' ? matchByReference(matching, rule) : matchByAmount(matching, rule);
    if (matching.pairs.length === before) break;
  }
  for (const rule of rules) if (rule.by === 'amount') matching = matchWithFee(matching, rule);
  return matching;
}

function describe(inputs: RunInputs, found: readonly Found[]): Difference[] {
  const tolerance = feeToleranceOf(inputs.rules);
  const turns = new Map<string, number>();
  return found.map(({ ledger, outside }) => {
    const subject = subjectOf(ledger, outside);
    const turn = turns.get(subject) ?? 0;
    turns.set(subject, turn + 1);
    const amount = sumOf(outside) - sumOf(ledger);
    const items = [...ledger, ...outside];
    return {
      identity: identityOf(inputs, { ledger, outside }, turn),
      content: differenceContent(amount, ledger, outside),
      // What the registry does not know is explained by nothing else.
      cause: isUnknownAsset(inputs.asset)
        ? 'unknown'
        : causeOf({
            ...circumstancesOf({ ledger, outside }, inputs),
            isWithinFee: tolerance > 0n && amount <= 0n && -amount <= tolerance,
            hasTwin: items.some(({ isTwin }) => isTwin === true),
          }),
      amount: amount.toString(),
      since: items.reduce((first, { at }) => (at < first ? at : first), inputs.at),
      ledger,
      outside,
    };
  });
}

function circumstancesOf(
  { ledger, outside }: Found,
  inputs: RunInputs,
): Omit<Circumstances, 'isWithinFee' | 'hasTwin'> {
  const items = [...ledger, ...outside];
  const youngFrom = Date.parse(inputs.at) - inputs.graceSeconds * 1000;
  return {
    sides: ledger.length === 0 ? 'outside' : outside.length === 0 ? 'ledger' : 'both',
    wasSeenOutside: ledger.some(({ position }) => position !== null),
    isUnderWay: items.some(({ underWay }) => underWay),
    isYoung: items.every(({ at }) => Date.parse(at) > youngFrom),
  };
}

/** What is the same thing on one side: transaction or reference, and amount. Null where nothing names it. */
function twinKey({ transaction, reference, amount }: Item, isLedger: boolean): string | null {
  const name = transaction ?? reference;
  return name === null ? null : `${isLedger ? 'ledger' : 'outside'} ${amount} ${name}`;
}

/** Items that are left over and say again what was matched: the second of the same thing, also for later runs. */
function markTwins({ pairs, ledger, outside }: Matching): Pick<Matching, 'ledger' | 'outside'> {
  const twins = new Set<string | null>();
  for (const pair of pairs) {
    for (const item of pair.ledger) twins.add(twinKey(item, true));
    for (const item of pair.outside) twins.add(twinKey(item, false));
  }
  twins.delete(null);
  const mark = (items: readonly Item[], isLedger: boolean): Item[] =>
    items.map((item) => (twins.has(twinKey(item, isLedger)) ? { ...item, isTwin: true } : item));
  return { ledger: mark(ledger, true), outside: mark(outside, false) };
}

/** What no item explains: the sides stood apart before, or a source's items do not make its balance. */
function balanceDifference(inputs: RunInputs, amount: bigint): Difference {
  return {
    identity: identityOf(inputs, { ledger: [], outside: [] }, 0),
    content: differenceContent(amount, [], []),
    cause: 'unknown',
    amount: amount.toString(),
    since: inputs.at,
    ledger: [],
    outside: [],
  };
}
