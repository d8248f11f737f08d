/** A loss as screens show it. */
import { assetFacts } from '#lib/chains/assets.ts';
import { amountText } from '#lib/operations/ledger-text.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { ClockReading } from '../clock.ts';
import { lastStep, type Case } from '../register/cases.ts';
import { shownTextOf } from '../register/shown-text.ts';
import {
  lossClock,
  lossFacts,
  lossState,
  sharedFacts,
  verdictFacts,
  type LossState,
} from './loss.ts';
import { centsDivisor, priceDecimals, verdictWords } from './value-at-loss.ts';

export type LossView = {
  id: string;
  number: string;
  client: string | null;
  asset: string;
  /** Exact decimal text. */
  amount: string;
  occurredAt: string;
  incident: string | null;
  /** Euro for one whole coin, exactly, with when and where it is from. */
  price: string;
  priceAt: string;
  source: string | null;
  subject: string | null;
  /** Euro: what it was worth, and the most that anybody is liable for. */
  value: string;
  /** Whether a part of a cent was made a whole one, for one holder or several. */
  isRoundedUp: boolean;
  holders: number;
  closedAt: string;
  digest: string;
  state: LossState;
  /** What was proposed last, or accepted. */
  verdict: { words: string; liability: string; reasons: string | null } | null;
  clock: ClockReading;
  openedAt: string;
};

/** Cents as euro. */
export const euroText = (cents: string): string => formatAmount(BigInt(cents), 2);

/** A price with the digits it needs and no fewer than two. */
const priceText = (price: string): string =>
  formatAmount(BigInt(price), priceDecimals).replace(/0{1,6}$/, '');

/** @param isTakenBack whether a correction took back some of what was paid for it. */
export function lossView(found: Case, now: Date, isTakenBack: boolean): LossView {
  const facts = lossFacts.parse(found.facts);
  const shared = sharedFacts.parse(lastStep(found, 'shared')?.facts);
  const proposed = lastStep(found, 'proposed');
  const verdict = proposed && verdictFacts.parse(proposed.facts);
  return {
    id: found.id,
    number: found.number,
    client: found.client,
    asset: facts.asset,
    amount: amountText(facts.units, facts.asset),
    occurredAt: facts.occurredAt,
    incident: verdict?.incident ?? facts.incident,
    price: priceText(facts.price),
    priceAt: facts.priceAt,
    source: shownTextOf(found, 'source'),
    subject: shownTextOf(found, 'subject'),
    value: euroText(shared.valueCents),
    isRoundedUp:
      BigInt(shared.valueCents) * centsDivisor(assetFacts(facts.asset).decimals) !==
      BigInt(facts.units) * BigInt(facts.price),
    holders: shared.holders,
    closedAt: shared.closedAt,
    digest: shared.sharesDigest,
    state: lossState(found.steps, isTakenBack),
    verdict: verdict && {
      words: verdictWords[verdict.verdict],
      liability: euroText(verdict.liabilityCents),
      reasons: shownTextOf(found, 'reasons', proposed?.seq),
    },
    clock: lossClock(found.openedAt, found.steps, now),
    openedAt: found.openedAt,
  };
}
