/** Where a hold stands, folded from its events. The database draws the same for lists. Pure. */
import type { HoldEvent, HoldFacts } from './event.ts';
import type { HoldState } from './life.ts';

export type HoldStanding = {
  seq: number;
  state: HoldState;
  opening: HoldFacts<'opened'>;
  /** Day on which it is looked at again. */
  reviewOn: string;
  proposal: (HoldFacts<'lift-proposed'> & { seq: number; by: string }) | null;
  /** ISO instant. */
  liftedAt: string | null;
};

/** @throws for no events, or a first one that is no opening. */
export function foldHold(events: readonly HoldEvent[]): HoldStanding {
  const first = events[0];
  if (first?.kind !== 'opened') throw new Error('A hold begins with its opening.');
  let now: HoldStanding = {
    seq: first.seq,
    state: 'standing',
    opening: first.facts,
    reviewOn: first.facts.reviewOn,
    proposal: null,
    liftedAt: null,
  };
  for (const event of events) now = { ...now, seq: event.seq, ...changeBy(event) };
  return now;
}

function changeBy(event: HoldEvent): Partial<HoldStanding> {
  switch (event.kind) {
    case 'reviewed':
      return { reviewOn: event.facts.reviewOn };
    case 'lift-proposed':
      return {
        state: 'lift-proposed',
        proposal: { ...event.facts, seq: event.seq, by: event.actor },
      };
    case 'lift-returned':
      return { state: 'standing', proposal: null };
    case 'lifted':
      return { state: 'lifted', liftedAt: event.at };
    default:
      return {};
  }
}
