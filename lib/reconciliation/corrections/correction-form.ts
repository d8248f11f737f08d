import { z } from 'zod';
import { textField } from '#lib/protocol/text-field.ts';
import { textRules } from '#lib/protocol/free-text.ts';
import { operationId } from '#lib/protocol/scalars.ts';

/** More than are allowed, so that the refusal can say what the limit is. */
const typedMax = 200;

/** What somebody writes about a correction; it is asked for, so it can't be empty. */
export const correctionText = textField(textRules.reason);

/** A correction as somebody raises it. */
export const raiseFields = {
  lines: z
    .array(
      z.strictObject({
        account: z.string().max(200),
        side: z.enum(['debit', 'credit']),
        amount: z.string().max(200),
      }),
    )
    .max(typedMax),
  /** Number of the journal that it corrects; null for a new booking. */
  corrects: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .nullable(),
  /** Id of the break that it closes; null for none. */
  break: z.uuid().nullable(),
  reason: correctionText,
};

/** A correction that is on record. */
export const correctionTarget = { id: operationId };
