/**
 * A bank's account statement as the console keeps it, whichever file it came in. Amounts are whole
 * cents; dates are the bank's own calendar days, `2026-11-27`. Pure.
 */

export type StatementEntry = {
  /** Line of the file on which the entry begins, from 1. */
  line: number;
  /** Cents. Positive came in, negative went out. Never 0. */
  amount: bigint;
  bookingDate: string;
  /** Null when the bank names none. */
  valueDate: string | null;
  /** The bank's own name for the entry; unique for the account. */
  reference: string;
  /** What the payer called the payment; null where nobody did, and for several payments at once. */
  endToEnd: string | null;
  /** What the payer wrote, on one line; empty when nothing. */
  remittance: string;
  /** IBAN of the other side; null when the bank names none, and for several payments at once. */
  counterparty: string | null;
  /** True when the entry takes back an earlier one. */
  isReversal: boolean;
  /** How many payments the bank booked as this one entry. */
  payments: number;
};

export type BankStatement = {
  iban: string;
  /** ISO 4217; every amount is in it. */
  currency: string;
  /** The bank's name for the statement. */
  id: string;
  /** The bank's number for it; the next one is one higher. */
  sequence: number;
  /** First and last day it tells of. */
  from: string;
  to: string;
  /** Booked balances in cents. */
  opening: bigint;
  closing: bigint;
  entries: readonly StatementEntry[];
  /** Where in the file each of these stands, so that a refusal can point at it. */
  lines: StatementLines;
};

export type StatementLines = Readonly<
  Record<'account' | 'id' | 'sequence' | 'opening' | 'closing', number>
>;

/** Most that is taken: about a second of work. A day of a busy account is far below. */
export const statementLimits = {
  /** 8 MiB. */
  bytes: 8_388_608,
  entries: 20_000,
  /** The longest of the ISO message's own short texts (Max35Text). */
  reference: 35,
  remittance: 4_000,
  sequence: 999_999_999,
} as const;
