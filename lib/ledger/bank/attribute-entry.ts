/**
 * Whose the money of a bank entry is. Only what names one client beyond doubt is credited; what else came
 * in waits in suspense and what went out is missing, with its cause, for people to attribute. Pure.
 */

export type EntryFacts = {
  /** 0 is what stood on the account before its first statement. */
  position: number;
  /** Cents; positive came in. */
  amount: bigint;
  remittance: string;
  isReversal: boolean;
  /** How many payments the bank booked as one entry. */
  payments: number;
};

export type OpenCause =
  | 'no-client-named'
  | 'several-clients-named'
  | 'client-unknown'
  /** One text may name a client, but not for all of the payments. */
  | 'several-payments'
  /** The bank takes back an earlier entry. */
  | 'reversal'
  /** Whom it was paid for, only an operation could say, and there is no kind for payments of euros yet. */
  | 'went-out'
  | 'brought-forward';

export type Attribution = { cause: 'client'; client: string } | { cause: OpenCause; client: null };

/** A client's number by itself, not as part of a longer word. */
const clientNumbers = /(?<![\p{L}\p{N}-])C-\d{4,10}(?![\p{L}\p{N}-])/gu;

/** The clients that a text names, each once. */
export const clientsNamed = (text: string): string[] => [...new Set(text.match(clientNumbers))];

/** @param isKnown whether there is a client of this number. */
export function attributeEntry(
  { position, amount, remittance, isReversal, payments }: EntryFacts,
  isKnown: (client: string) => boolean,
): Attribution {
  const open = (cause: OpenCause): Attribution => ({ cause, client: null });
  if (position === 0) return open('brought-forward');
  if (isReversal) return open('reversal');
  if (amount < 0n) return open('went-out');
  if (payments !== 1) return open('several-payments');
  const [client, second] = clientsNamed(remittance);
  if (client === undefined) return open('no-client-named');
  if (second !== undefined) return open('several-clients-named');
  return isKnown(client) ? { cause: 'client', client } : open('client-unknown');
}
