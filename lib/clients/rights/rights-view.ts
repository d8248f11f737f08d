/** A rights event as screens show it. */
import { formatAmount } from '#lib/protocol/amount.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import { amountText } from '#lib/operations/ledger-text.ts';
import type { ClockReading } from '../clock.ts';
import { lastStep, type Case } from '../register/cases.ts';
import { shownTextOf } from '../register/shown-text.ts';
import {
  computedFacts,
  eventKinds,
  rightsClock,
  rightsFacts,
  rightsState,
  type RightsState,
} from './event.ts';

export type RightsView = {
  id: string;
  number: string;
  kind: string;
  title: string | null;
  source: string | null;
  asset: string;
  /** ISO instant of the event. */
  at: string;
  block: string | null;
  brings: string;
  /** Such as "1 SOLX for 2 SOL". */
  ratio: string;
  state: RightsState;
  clock: ClockReading | null;
  shares: RightsSums | null;
  openedAt: string;
};

export type RightsSums = {
  closedAt: string;
  lastJournal: string;
  holders: number;
  /** Exact decimal text. */
  held: string;
  due: string;
  /** What no whole unit is left for, as a part of the smallest unit: "1/3"; null for nothing. */
  rest: string | null;
  digest: string;
};

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** A fraction in lowest terms; null for zero. */
export function fractionText(numerator: bigint, denominator: bigint): string | null {
  if (numerator === 0n) return null;
  const by = gcd(numerator, denominator);
  return `${numerator / by}/${denominator / by}`;
}

export function rightsView(found: Case, now: Date): RightsView {
  const facts = rightsFacts.parse(found.facts);
  const computed = lastStep(found, 'computed');
  const { asset, brings, numerator, denominator } = facts;
  return {
    id: found.id,
    number: found.number,
    kind: eventKinds[facts.kind],
    title: shownTextOf(found, 'title'),
    source: shownTextOf(found, 'source'),
    asset,
    at: facts.at,
    block: facts.block,
    brings: shownText(brings),
    ratio: `${numerator} ${brings} for ${denominator} ${asset}`,
    state: rightsState(found.steps),
    clock: rightsClock(facts, found.steps, now),
    shares: computed ? sumsOf(computed.facts, facts) : null,
    openedAt: found.openedAt,
  };
}

function sumsOf(
  json: unknown,
  facts: { asset: string; decimals: number; unitDenominator: string },
): RightsSums {
  const { closedAt, lastJournal, holders, heldUnits, dueUnits, rest, sharesDigest } =
    computedFacts.parse(json);
  return {
    closedAt,
    lastJournal,
    holders,
    held: amountText(heldUnits, facts.asset),
    due: formatAmount(BigInt(dueUnits), facts.decimals),
    rest: fractionText(BigInt(rest), BigInt(facts.unitDenominator)),
    digest: sharesDigest,
  };
}
