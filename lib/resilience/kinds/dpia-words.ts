/** Words and limits of impact assessments (GDPR Art 35 and 36). Pure. */
import { daysAfter } from '../days.ts';

export const dpiaStates = { draft: 'Draft', approved: 'Approved', ended: 'Ended' } as const;

/** An approved assessment is looked at again at least that often. House value. */
export const dpiaReviewMonths = 24;

/** The authority answers within eight weeks of the request, and may take six more (Art 36(2)). */
const consultationWeeks = { first: 8, more: 6 } as const;
const daysOfWeek = 7;

export type Consultation = { askedOn: string | null; isExtended: boolean };

/** The last day for the answer of the authority, yyyy-mm-dd; null where it was not asked. */
export function answerDueOn({ askedOn, isExtended }: Consultation): string | null {
  if (askedOn === null) return null;
  const weeks = consultationWeeks.first + (isExtended ? consultationWeeks.more : 0);
  return daysAfter(askedOn, weeks * daysOfWeek);
}
