/**
 * What a statement of position says, as plain data (MiCA Art 75(5)): assets, balances and the
 * transfers of a period, as of a close of the books. Amounts are decimal text in the smallest unit;
 * on a client's side, so what it is owed is positive.
 */
import { contentDigest } from '#lib/audit/content-digest.ts';

/** A position in the books that nothing comes into any more. */
export type ClosePosition = {
  /** ISO instant. */
  closedAt: string;
  /** Number of the newest journal in it; 0 when there is none. */
  lastJournal: string;
};

export type StatementMovement = {
  journal: string;
  /** Place in its journal. */
  line: number;
  /** ISO instant. */
  bookedAt: string;
  /** The journal's kind, such as withdrawal. */
  kind: string;
  /** Number of the operation that instructed it, such as WD-2026-000001. */
  operation: string | null;
  /** What names it outside: a chain's transaction, or what a bank calls it. */
  reference: { kind: 'transaction' | 'bank'; id: string } | null;
  /** Where it went, or where it came from. */
  counterparty: string | null;
  /** Positive adds to what the client is owed. */
  amount: string;
  /** What the client is owed after it. */
  balance: string;
};

export type AssetStatement = {
  asset: string;
  /** Digits after the point in what people read. */
  decimals: number;
  opening: string;
  /** Sums over the movements, both positive. */
  received: string;
  sent: string;
  closing: string;
  movements: StatementMovement[];
};

/** An amount set aside at the close for an operation under way; still part of the balance. */
export type PendingHold = {
  operation: string;
  asset: string;
  decimals: number;
  amount: string;
  /** ISO instant. */
  since: string;
};

export type StatementContent = {
  type: 'countersign/position-statement/v1';
  client: { id: string; name?: string };
  /** ISO instants in UTC; the end belongs to the next period. */
  period: { from: string; to: string };
  /** The close that the opening balances are of; null when the books began later. */
  opened: ClosePosition | null;
  /** The close it was drawn up at. */
  close: ClosePosition;
  /** In the order of their codes. */
  assets: AssetStatement[];
  pending: PendingHold[];
};

/** SHA-256 of the canonical content, lower-case hex: printed on every page and kept on record. */
export const statementDigest = (content: StatementContent): string => contentDigest(content);

/**
 * Adds a statement up: each balance follows from the one before, and the last is the closing one.
 * @throws when it does not, which a true ledger never makes happen.
 */
export function assertAddsUp({ client, assets }: StatementContent): void {
  for (const { asset, opening, received, sent, closing, movements } of assets) {
    const wrong = (what: string) =>
      new Error(`Statement of ${client.id} in ${asset} does not add up: ${what}`);
    let stands = BigInt(opening);
    let added = 0n;
    let taken = 0n;
    for (const { amount, balance, journal } of movements) {
      const units = BigInt(amount);
      stands += units;
      if (units > 0n) added += units;
      else taken -= units;
      if (stands !== BigInt(balance)) throw wrong(`the balance after journal ${journal}`);
    }
    if (stands !== BigInt(closing)) throw wrong('its closing balance');
    if (added !== BigInt(received) || taken !== BigInt(sent)) throw wrong('its sums');
  }
}
