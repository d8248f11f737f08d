/**
 * Every kind of account, in the order of the chart: what is owed, what is there, what is
 * missing of it, what is the custodian's own.
 */
import type { AccountKind } from './accounts.ts';

const known: Readonly<Record<AccountKind, true>> = {
  client: true,
  suspense: true,
  vault: true,
  'in-transit': true,
  bank: true,
  missing: true,
  'own-asset': true,
  'own-income': true,
  'own-expense': true,
  'own-equity': true,
};

export const accountKinds: readonly string[] = Object.keys(known);
