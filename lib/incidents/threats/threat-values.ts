/** Values of a threat's notification as they come from its form. */
import { z } from 'zod';
import { THREAT_FIELDS } from '../report/fields-threat.ts';
import { MAX_TEXT } from '../report/figures.ts';

const numbers = new Set(THREAT_FIELDS.map(({ no }) => String(no)));

/** By field number 1 to 20. */
export const threatValues = z
  .record(
    z.string().max(2),
    z.union([
      z.string().max(MAX_TEXT, `A text has at most ${MAX_TEXT} characters.`),
      z.array(z.string().max(400)).max(60),
    ]),
  )
  .refine(
    (values) => Object.keys(values).every((no) => numbers.has(no)),
    'A notification has no such field.',
  );
