import type { Case } from './cases.ts';
import { shownTextOf } from './shown-text.ts';

export type StepLine = {
  seq: number;
  step: string;
  by: string;
  /** ISO instant. */
  at: string;
  /** What was written with it: reasons, or a note. */
  text: string | null;
};

/** What was done about a case, with the names of who did it. */
export const stepLines = (found: Case, nameOf: (person: string) => string): StepLine[] =>
  found.steps.map(({ seq, step, actor, at }) => ({
    seq,
    step,
    at,
    by: nameOf(actor),
    text: shownTextOf(found, 'reasons', seq) ?? shownTextOf(found, 'note', seq),
  }));
