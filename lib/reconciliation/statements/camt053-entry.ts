/** One entry (`Ntry`) of a camt.053 message. Pure. */
import { isIban } from './iban.ts';
import type { XmlElement } from './read-xml.ts';
import { StatementFault } from './refusal.ts';
import type { StatementEntry } from './statement.ts';
import { readEndToEnd, readReference, readRemittance } from './text-fields.ts';
import {
  child,
  everyChild,
  maybeAt,
  maybeChild,
  maybeText,
  readAmount,
  readDay,
  readFlag,
  textOf,
} from './xml-fields.ts';

/**
 * @param hasStatusChoice whether the status is `Sts/Cd`, as since version 8, and not `Sts` itself.
 * @throws StatementFault for an entry that isn't booked or isn't whole.
 */
export function readEntry(
  element: XmlElement,
  hasStatusChoice: boolean,
  takeCurrency: (amount: XmlElement) => void,
): StatementEntry {
  const amount = readAmount(element, takeCurrency);
  if (amount === 0n)
    throw new StatementFault('amount-zero', element, 'An entry of nothing cannot be booked.');
  checkBooked(element, hasStatusChoice);
  const valueDate = maybeChild(element, 'ValDt');
  const details = everyChild(element, 'NtryDtls').flatMap((part) => everyChild(part, 'TxDtls'));
  const [first = null] = details;
  // What is said of one of several payments is not said of the entry.
  const only = details.length === 1 ? first : null;
  return {
    line: element.line,
    amount,
    bookingDate: readDay(child(element, 'BookgDt')),
    valueDate: valueDate && readDay(valueDate),
    reference: referenceOf(element, only),
    endToEnd: only && readEndToEnd(maybeText(maybeAt(only, 'Refs', 'EndToEndId')), only),
    remittance: readRemittance(details.flatMap(remittancesOf).join(' '), element),
    counterparty: only && counterpartyOf(only, amount > 0n),
    isReversal: readFlag(maybeChild(element, 'RvslInd')),
    payments: paymentsOf(element, details.length),
  };
}

function checkBooked(element: XmlElement, hasStatusChoice: boolean): void {
  const status = child(element, 'Sts');
  const code = hasStatusChoice ? child(status, 'Cd') : status;
  if (textOf(code) !== 'BOOK')
    throw new StatementFault(
      'not-booked',
      code,
      'This entry is not booked (BOOK). Import the statement of booked entries of a whole day.',
    );
}

/** The bank's name for the entry; where a single payment carries it, that one. */
function referenceOf(element: XmlElement, only: XmlElement | null): string {
  const own = maybeChild(element, 'AcctSvcrRef') ?? (only && maybeAt(only, 'Refs', 'AcctSvcrRef'));
  return readReference(maybeText(own), 'reference of the bank (AcctSvcrRef)', own ?? element);
}

function remittancesOf(details: XmlElement): string[] {
  const remittance = maybeChild(details, 'RmtInf');
  if (!remittance) return [];
  return [
    ...everyChild(remittance, 'Ustrd').map(textOf),
    ...everyChild(remittance, 'Strd').map((part) => maybeText(maybeAt(part, 'CdtrRefInf', 'Ref'))),
  ].filter((text) => text !== '');
}

function counterpartyOf(details: XmlElement, isCredit: boolean): string | null {
  const account = maybeAt(details, 'RltdPties', isCredit ? 'DbtrAcct' : 'CdtrAcct', 'Id', 'IBAN');
  if (!account) return null;
  const iban = textOf(account);
  if (!isIban(iban))
    throw new StatementFault(
      'iban-malformed',
      account,
      'This account number is no IBAN: its check digits or its length are wrong.',
    );
  return iban;
}

/** As many as are told of, or as the bank says there are in a batch it doesn't tell of. */
function paymentsOf(element: XmlElement, told: number): number {
  let batched = 0;
  for (const part of everyChild(element, 'NtryDtls')) {
    const count = maybeAt(part, 'Btch', 'NbOfTxs');
    if (!count) continue;
    const text = textOf(count);
    if (!/^[0-9]{1,9}$/.test(text))
      throw new StatementFault('structure', count, 'The number of payments must be digits.');
    batched += Number(text);
  }
  return Math.max(told, batched, 1);
}
