/** A return as screens show it. */
import { amountText } from '#lib/operations/ledger-text.ts';
import type { ClockReading } from '../clock.ts';
import type { Case } from '../register/cases.ts';
import { shownTextOf } from '../register/shown-text.ts';
import { returnClock, returnFacts, returnState, type ReturnState } from './return.ts';

export type ReturnView = {
  id: string;
  number: string;
  client: string;
  asset: string;
  /** Exact decimal text; null for all there is. */
  amount: string | null;
  requestedAt: string;
  /** Whether its end is that of the agreement, not the target of the house. */
  isAgreed: boolean;
  subject: string | null;
  state: ReturnState;
  /** How many operations were linked. */
  operations: number;
  clock: ClockReading;
  openedAt: string;
};

export function returnView(found: Case, now: Date): ReturnView {
  const facts = returnFacts.parse(found.facts);
  return {
    id: found.id,
    number: found.number,
    client: found.client ?? '',
    asset: facts.asset,
    amount: facts.units === null ? null : amountText(facts.units, facts.asset),
    requestedAt: facts.requestedAt,
    isAgreed: facts.agreedUntil !== null,
    subject: shownTextOf(found, 'subject'),
    state: returnState(found.steps),
    operations: found.steps.filter(({ step }) => step === 'linked').length,
    clock: returnClock(facts, found.steps, now),
    openedAt: found.openedAt,
  };
}
