/** What became of bank entries, and other facts of banks, in plain words. Pure. */
import type { Attribution } from '#lib/ledger/bank/attribute-entry.ts';
import { formatInstant } from '../ui/format.ts';

const causes: Readonly<Record<Attribution['cause'], string>> = {
  client: 'Credited to the client',
  'no-client-named': 'In suspense: it names no client',
  'several-clients-named': 'In suspense: it names several clients',
  'client-unknown': 'In suspense: there is no such client',
  'several-payments': 'In suspense: several payments in one entry',
  reversal: 'It takes back an earlier entry',
  'went-out': 'Missing: money went out, and no operation says for whom',
  'brought-forward': 'Nobody’s yet: it was there before the first statement',
};

const words: ReadonlyMap<string, string> = new Map(Object.entries(causes));

/** A cause that is not known here stands for itself. */
export const causeWords = (cause: string): string => words.get(cause) ?? cause;

/** How old what the bank said is, by its last day. Five days span any weekend with a holiday. */
export function ageWords(ageDays: number): { words: string; isOld: boolean } {
  const days = ageDays === 1 ? '1 day old' : `${ageDays} days old`;
  return { words: ageDays === 0 ? 'of today' : days, isOld: ageDays > 5 };
}

/** Calendar days of a bank, which are in no time zone: `23 Nov 2026`, or the first and the last of several. */
export const daysWords = (from: string, to = from): string =>
  from === to
    ? formatInstant(from, 'day')
    : `${formatInstant(from, 'day')} to ${formatInstant(to, 'day')}`;

export const bankPath = '/reconciliation/bank';
export const bankAccountPath = (account: string): string => `${bankPath}/${account}`;
export const bankStatementPath = (account: string, statement: string): string =>
  `${bankPath}/${account}/${statement}`;
