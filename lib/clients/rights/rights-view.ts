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
  /** What no whole unit is left for, as a part of the smallest unit: "0.145", or "1/3" where no decimal is exact; null for nothing. */
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

/** A part of one, exactly: as a decimal where one is exact, in lowest terms elsewhere; null for zero. */
export function partText(numerator: bigint, denominator: bigint): string | null {
  const fraction = fractionText(numerator, denominator);
  const [top = 0n, bottom = 1n] = fraction?.split('/').map(BigInt) ?? [];
  // A decimal is exact where nothing but twos and fives divide; 60 digits are more than two ratios have.
  for (let digits = 1; fraction !== null && digits <= 60; digits += 1)
    if ((top * 10n ** BigInt(digits)) % bottom === 0n)
      return formatAmount((top * 10n ** BigInt(digits)) / bottom, digits);
  return fraction;
}

/** @param isTakenBack whether a correction took back some of what was handed out. */
export function rightsView(found: Case, now: Date, isTakenBack: boolean): RightsView {
  const facts = rightsFacts.parse(found.facts);
  const computed = lastStep(found, 'computed');
  const { asset, brings, numerator, denominator } = facts;
  // What was taken back is to be handed out still, so its clock runs on.
  const standing = isTakenBack
    ? found.steps.filter(({ step }) => step !== 'completed')
    : found.steps;
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
    state: rightsState(found.steps, isTakenBack),
    clock: rightsClock(facts, standing, now),
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
    rest: partText(BigInt(rest), BigInt(facts.unitDenominator)),
    digest: sharesDigest,
  };
}
