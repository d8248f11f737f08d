/** Every kind of journal that the books take, as data: for filters and what checks them. */
import type { NewJournal } from './post-journal.ts';

const known: Readonly<Record<NewJournal['kind'], true>> = {
  deposit: true,
  withdrawal: true,
  'vault-transfer': true,
  'deposit-reversal': true,
  'network-fee': true,
  'own-funds': true,
  'nonce-accounts': true,
  'bank-entry': true,
  correction: true,
};

export const journalKinds: readonly string[] = Object.keys(known);
