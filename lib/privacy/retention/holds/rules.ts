/** What may be written about a hold beyond the order of its steps. Pure. */
import { monthsLater } from '#lib/incidents/days.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { HoldFacts } from './event.ts';
import { mayRestOn, monthsBetweenReviews } from './life.ts';

/** The review lies ahead, and within a year: nothing is kept for ever because nobody looked. */
export function findReviewFault(reviewOn: string, today: string): Refused<'review-day'> | null {
  const last = monthsLater(today, monthsBetweenReviews);
  return reviewOn > today && reviewOn <= last
    ? null
    : refuse(
        'review-day',
        `Give a day after today and not after ${last}: a hold is looked at again within a year.`,
      );
}

export function findOpeningFault(
  { ground, article, reviewOn, covers }: HoldFacts<'opened'>,
  today: string,
): Refused | null {
  if (!mayRestOn(ground, article))
    return refuse(
      'article-unfit',
      'This ground does not rest on this article. Choose another one.',
    );
  const several = new Set(covers.map(({ kind, subject }) => `${kind} ${subject}`));
  if (several.size < covers.length)
    return refuse('covered-twice', 'Name each thing that the hold covers once.');
  return findReviewFault(reviewOn, today);
}
