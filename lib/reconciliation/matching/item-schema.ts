import { z } from 'zod';

/** Whole units with a sign, as exact text. */
export const units = z.string().regex(/^-?\d{1,78}$/);

/** An item as it is kept. */
export const itemSchema = z.strictObject({
  ref: z.string(),
  transaction: z.string().nullable(),
  reference: z.string().nullable(),
  amount: units,
  at: z.string(),
  corrects: z.string().nullable(),
  position: z.string().nullable(),
  underWay: z.boolean(),
  isTwin: z.literal(true).optional(),
});
