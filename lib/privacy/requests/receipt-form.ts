/** What the desk says of a request's receipt, however it came. */
import { z } from 'zod';
import { findAhead, minuteField, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { rights, type Right } from './life.ts';

/** A text that may be left empty. */
export const maybeText = textField
  .transform((text) => (text.trim() === '' ? undefined : text))
  .optional();

export const receiptFields = {
  right: z.enum(keysOf(rights), 'Choose the right.'),
  receivedAt: minuteField('when it was received'),
  /** Why the receipt lies before now, such as the stamp of the post room. */
  reasons: maybeText,
  forAnother: z.enum(['yes', 'no'], 'Say whether somebody asks for another person.'),
};

/** A receipt that long ago is a wrong year. */
const longestAgoMs = 366 * 86_400_000;
/** Minutes until now that are no earlier receipt. */
const nowWithinMs = 15 * 60_000;

type Given = { right: Right; receivedAt: Date; reasons?: string | undefined; forAnother: string };
type Read = { right: Right; receivedAt: string; isEarlier: boolean; forAnother: boolean };

export function readReceipt(
  { right, receivedAt, reasons, forAnother }: Given,
  now: Date,
): Result<Read> {
  const ahead = findAhead('The receipt', receivedAt, now);
  if (ahead) return ahead;
  const ago = now.getTime() - receivedAt.getTime();
  if (ago > longestAgoMs)
    return refuse('too-long-ago', 'The receipt lies more than a year back. Check the year.');
  const isEarlier = ago > nowWithinMs;
  if (isEarlier && reasons === undefined)
    return refuse('text-invalid', 'Say from what it is known that it was received earlier.');
  return ok({
    right,
    receivedAt: receivedAt.toISOString(),
    isEarlier,
    forAnother: forAnother === 'yes',
  });
}
