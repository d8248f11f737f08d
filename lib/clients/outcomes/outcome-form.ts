import { z } from 'zod';
import { seenField } from '#lib/platform/forms.ts';
import { caseField } from '../register/forms.ts';

/** Which journal hands out what is due. */
export const byJournal = z.strictObject({
  id: caseField,
  seen: seenField,
  journal: z
    .string('Give the number of the journal.')
    .trim()
    .regex(/^[1-9]\d{0,17}$/, 'Give the number of the journal, as its page shows it.')
    .transform(BigInt),
});
