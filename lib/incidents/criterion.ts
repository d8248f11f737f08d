/** What a criterion of a worksheet is made of. Pure. */
import { anyOf, type Verdict } from './judge.ts';

export type CriterionPart = {
  id: string;
  /** Article of 2024/1772. */
  article: string;
  name: string;
  /** What was found, in words; null when nothing is known. */
  value: string | null;
  /** What it is held against, in words; null for a part that is answered by yes or no. */
  threshold: string | null;
  /** null: not known. */
  met: boolean | null;
};

/** A criterion with its lines; `Id` names it. */
export type CriterionOf<Id extends string> = {
  id: Id;
  article: string;
  name: string;
  /** How the parts make the criterion, and what the criterion counts for. */
  test: string;
  met: boolean;
  /** Not met, but a fact that is not known might still meet it. */
  open: boolean;
  parts: CriterionPart[];
};

/**
 * Makes a criterion of its lines.
 * @param verdict what the lines come to; where nothing is said, any one of them suffices.
 */
export function criterion<Id extends string>(
  about: Omit<CriterionOf<Id>, 'met' | 'open'>,
  verdict: Verdict = anyOf(about.parts.map((part) => part.met)),
): CriterionOf<Id> {
  const { parts, ...rest } = about;
  return { ...rest, met: verdict === true, open: verdict === null, parts };
}
