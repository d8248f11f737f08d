/** How an element of a message is asked for its parts: there once, perhaps, or as often as it comes. Pure. */
import { dayOf } from './calendar-day.ts';
import { readCents } from './cents.ts';
import type { XmlElement } from './read-xml.ts';
import { StatementFault } from './refusal.ts';

export const everyChild = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** @throws StatementFault when there are two where the message has one at most. */
export function maybeChild(element: XmlElement, name: string): XmlElement | null {
  const [first, second] = everyChild(element, name);
  if (second)
    throw new StatementFault('structure', second, `There is a second ${name} where one belongs.`);
  return first ?? null;
}

/** @throws StatementFault when it is missing. */
export function child(element: XmlElement, name: string): XmlElement {
  const found = maybeChild(element, name);
  if (!found) throw new StatementFault('field-missing', element, `${element.name} has no ${name}.`);
  return found;
}

/** Down a path of elements that stand there once; null where it ends early. */
export function maybeAt(element: XmlElement, ...path: readonly string[]): XmlElement | null {
  let at: XmlElement | null = element;
  for (const name of path) at = at && maybeChild(at, name);
  return at;
}

/** @throws StatementFault for an element that holds others. */
export function textOf(element: XmlElement): string {
  if (element.children.length > 0)
    throw new StatementFault('structure', element, `${element.name} must hold text only.`);
  return element.text.trim();
}

export const maybeText = (element: XmlElement | null): string => (element ? textOf(element) : '');

/** The day of a choice between `Dt` and `DtTm`, or of an element that is a moment itself. */
export function readDay(element: XmlElement): string {
  const moment = maybeChild(element, 'Dt') ?? maybeChild(element, 'DtTm') ?? element;
  const day = dayOf(textOf(moment));
  if (day === null)
    throw new StatementFault('date-malformed', moment, 'This is no date in the ISO form.');
  return day;
}

/** `xs:boolean`; false when the element is not there. */
export function readFlag(element: XmlElement | null): boolean {
  if (!element) return false;
  const text = textOf(element);
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new StatementFault('structure', element, `${element.name} must be true or false.`);
}

/**
 * The amount of an element that has `Amt` and `CdtDbtInd`: cents, negative for a debit.
 * @param takeCurrency called with the element that names the currency.
 */
export function readAmount(
  element: XmlElement,
  takeCurrency: (amount: XmlElement) => void,
): bigint {
  const amount = child(element, 'Amt');
  const cents = readCents(textOf(amount));
  if (cents === null)
    throw new StatementFault(
      'amount-malformed',
      amount,
      'This is no amount: digits, a point and two decimals, 27 digits at most.',
    );
  takeCurrency(amount);
  const direction = child(element, 'CdtDbtInd');
  switch (textOf(direction)) {
    case 'CRDT':
      return cents;
    case 'DBIT':
      return -cents;
    default:
      throw new StatementFault('structure', direction, 'CdtDbtInd must be CRDT or DBIT.');
  }
}
