/** What a statement of position says in words and figures. Pure. */
import type { StatementContent, StatementMovement } from './content.ts';

const kinds: ReadonlyMap<string, string> = new Map([
  ['deposit', 'Deposit'],
  ['deposit-reversal', 'Deposit undone by the chain'],
  ['withdrawal', 'Withdrawal'],
  ['network-fee', 'Network fee'],
  ['correction', 'Correction'],
]);

/** "Network fee"; a kind that has no words here is told by its name: "Bank transfer". */
export function kindWords(kind: string): string {
  const plain = kind.replaceAll('-', ' ');
  return kinds.get(kind) ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

export const referenceWords: Readonly<
  Record<NonNullable<StatementMovement['reference']>['kind'], string>
> = { transaction: 'Transaction', bank: 'Bank reference' };

/** Smallest units as plain decimal text with every decimal the asset has, such as -0.000000001. */
export function plainDecimal(units: string, decimals: number): string {
  const isNegative = units.startsWith('-');
  const digits = (isNegative ? units.slice(1) : units).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
  return `${isNegative ? '-' : ''}${whole}${fraction}`;
}

/** The same for reading: thousands apart, the minus sign of typography. */
export function readDecimal(units: string, decimals: number): string {
  const [whole = '', fraction] = plainDecimal(units, decimals).replace('-', '−').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** An ISO instant to the second: "2026-10-01 00:00:00 UTC". */
export const readInstant = (instant: string): string =>
  `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;

/** "2026-07-01 00:00:00 UTC to 2026-10-01 00:00:00 UTC". */
export const periodWords = ({ period }: StatementContent): string =>
  `${readInstant(period.from)} to ${readInstant(period.to)}`;

/** "journal 4711, books closed 2026-10-01 00:00:41 UTC". */
export const closeWords = ({ close }: StatementContent): string =>
  close.lastJournal === '0'
    ? `no journal yet, books closed ${readInstant(close.closedAt)}`
    : `journal ${close.lastJournal}, books closed ${readInstant(close.closedAt)}`;

/** What every statement says beside its figures, by heading. */
export const standingNotes: readonly { heading: string; text: string }[] = [
  {
    heading: 'Value',
    text: 'The value of the positions in EUR is not stated: no source of prices is on record for them.',
  },
  { heading: 'Events that need your answer', text: 'None on record.' },
  {
    heading: 'How this statement was made',
    text:
      'Times are in UTC, and a movement belongs to the period in which the books that hold it were closed. Amounts are exact and never rounded. ' +
      'What is set aside for operations under way is part of the balance. The digest is the SHA-256 of the ' +
      'statement’s content; a statement drawn up again from the same close has the same digest.',
  },
];
