import { z } from 'zod';

/** Number of the last event that a person saw, as a form writes it. */
export const seenEvent = z
  .string('Load the page again.')
  .regex(/^\d{1,4}$/, 'Load the page again.')
  .transform(Number);
