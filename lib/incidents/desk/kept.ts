/** What is not dropped, because it has to be seen through. Pure but for digests. */
import { refuse, type Refused } from '#lib/platform/result.ts';
import { assess, summaryOf } from '../worksheet/assess.ts';
import type { IncidentFile } from './load-incident.ts';

/** Steps after which a report is the authority's, or about to be. */
const wentOut = new Set(['released', 'submitted']);

/** The refusal of dropping what has to be seen through. */
export function findKept({
  standing,
  sort,
}: Pick<IncidentFile, 'standing' | 'sort'>): Refused<'is-major' | 'is-reported'> | null {
  const word = sort === 'threat' ? 'significant' : 'major';
  if (standing.class === 'major')
    return refuse(
      'is-major',
      `It was classified as ${word}. If it never was, another person reclassifies it.`,
    );
  if (standing.reports.some(({ step }) => wentOut.has(step)))
    return refuse(
      'is-reported',
      'A report about it was released for the authority. See it through, then close it.',
    );
  return summaryOf(assess(sort, standing.facts)).major
    ? refuse(
        'is-major',
        `By the facts as they stand it is ${word}. Correct the fact that is wrong, with its evidence, then drop it.`,
      )
    : null;
}
