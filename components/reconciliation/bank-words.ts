/** What became of bank entries, and other facts of banks, in plain words. Pure. */
import type { Attribution } from '#lib/ledger/bank/attribute-entry.ts';

const causes: Readonly<Record<Attribution['cause'], string>> = {
  client: 'Credited to the client',
  'no-client-named': 'In suspense: it names no client',
  'several-clients-named': 'In suspense: it names several clients',
  'client-unknown': 'In suspense: there is no such client',
  'several-payments': 'In suspense: several payments in one entry',
  reversal: 'In suspense: it takes back an earlier entry',
  'went-out': 'In suspense: money went out, and no operation says for whom',
  'brought-forward': 'In suspense: it was there before the first statement',
};

const words: ReadonlyMap<string, string> = new Map(Object.entries(causes));

/** A cause that is not known here stands for itself. */
export const causeWords = (cause: string): string => words.get(cause) ?? cause;

/** How old what the bank said is, by its last day. Five days span any weekend with a holiday. */
export function ageWords(ageDays: number): { words: string; isOld: boolean } {
  const days = ageDays === 1 ? '1 day old' : `${ageDays} days old`;
  return { words: ageDays === 0 ? 'of today' : days, isOld: ageDays > 5 };
}

export const bankPath = '/reconciliation/bank';
export const bankAccountPath = (account: string): string => `${bankPath}/${account}`;
export const bankStatementPath = (account: string, statement: string): string =>
  `${bankPath}/${account}/${statement}`;
