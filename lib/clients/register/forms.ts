/** Fields that only the registers of clients have; the others are in lib/platform/forms.ts. */
import { z } from 'zod';

export const clientField = z.string('Choose a client.').regex(/^C-\d{4,10}$/, 'Choose a client.');
/** An empty field is none. */
export const maybeClientField = z
  .literal('')
  .transform(() => null)
  .or(clientField);

/** In lower case, as the database writes it: locks and statements name a case by its text. */
export const caseField = z.uuid('This entry is not known.').toLowerCase();
