/** Short texts of a statement file: what may stand in them and how they are kept. Pure. */
import { StatementFault, type Place } from './refusal.ts';
import { statementLimits } from './statement.ts';

/** What names something: printable ASCII, so that two that look alike are alike. */
const name = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * A name that the bank gave: a statement's id, an entry's reference.
 * @throws StatementFault when it is missing, too long or holds anything but printable ASCII.
 */
export function readReference(text: string, what: string, place: Place): string {
  if (text === '') throw new StatementFault('field-missing', place, `There is no ${what}.`);
  if (text.length > statementLimits.reference || !name.test(text))
    throw new StatementFault(
      'text-malformed',
      place,
      `The ${what} must be ${statementLimits.reference} plain Latin letters, digits and signs at most.`,
    );
  return text;
}

/** What a payer called a payment; the ISO messages write NOTPROVIDED where nobody did. */
export const readEndToEnd = (text: string, place: Place): string | null =>
  text === '' || text === 'NOTPROVIDED'
    ? null
    : readLongText(text, statementLimits.reference, place);

/** What a payer wrote, blanks and line ends as one blank each. */
export const readRemittance = (text: string, place: Place): string =>
  readLongText(text.replaceAll(/\s+/gu, ' ').trim(), statementLimits.remittance, place);

/** A text of a payer's own, kept as it is: any script, no control characters. */
function readLongText(text: string, most: number, place: Place): string {
  if (text.length > most)
    throw new StatementFault(
      'text-malformed',
      place,
      `A text here is longer than ${most} characters.`,
    );
  if (/\p{Cc}/u.test(text))
    throw new StatementFault('text-malformed', place, 'A text here holds a control character.');
  return text;
}

/**
 * The bank's number of a statement.
 * @throws StatementFault for anything but digits within the limit.
 */
export function readSequence(text: string, place: Place): number {
  const value = /^[0-9]{1,18}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 1 && value <= statementLimits.sequence))
    throw new StatementFault(
      'sequence-malformed',
      place,
      `The statement’s number must be digits, from 1 to ${statementLimits.sequence}.`,
    );
  return value;
}
