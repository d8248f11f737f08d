import type { StandingFact } from '../desk/fold.ts';

export type { StandingFact } from '../desk/fold.ts';

/** Whether a fact says something; one that was taken back does not. */
export const isStated = (fact: StandingFact | undefined): fact is StandingFact =>
  fact !== undefined && fact.value !== null;
