/**
 * The transactions of an operation as the console's own decoder reads their stored unsigned bytes. Of the
 * database only the bytes, the vault's key and what became of each are used; what a transaction does is never
 * taken from another column.
 */
import { addressOfOwner, decodeForOwner, type VaultKey } from '#lib/chains/account-context.ts';
import type { ChainFamily } from '#lib/chains/chain-facts.ts';
import { DecodeError } from '#lib/chains/decoded.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { decode as decodeSolana } from '#lib/chains/solana/decode.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { findDifference } from '#lib/protocol/match-transaction.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import {
  contentsOf,
  feeAmount,
  type AmountText,
  type TransactionContents,
} from './transaction-contents.ts';

export type StoredTransaction = {
  id: string;
  message: Uint8Array;
  txid: string | null;
  phase: string;
  conflictKey: string;
  /** Counts the transactions with one conflict key: 0 for the first. */
  replacement: number;
  slot: bigint | null;
  error: string | null;
  createdAt: Date;
  signedAt: Date | null;
  broadcastAt: Date | null;
  confirmedAt: Date | null;
};

export type TransactionView = {
  id: string;
  family: ChainFamily;
  txid: string | null;
  phase: string;
  conflictKey: string;
  /** Place among the operation's transactions, from 1, and of the one whose place it takes. */
  place: number;
  replaces: number | null;
  /** What the network really took, by the ledger; null before that is posted, and for one that never ran. */
  feePaid: AmountText | null;
  /** Where it ran: "slot 312" or "block 840123"; null before it did. */
  ranIn: string | null;
  error: string | null;
  createdAt: string;
  signedAt: string | null;
  broadcastAt: string | null;
  confirmedAt: string | null;
  /** Null where the bytes are not one that the decoder understands. */
  contents: TransactionContents | null;
  /** Why the bytes must not be relied on: a short code, or null where they do what the intent says. */
  fault: string | null;
};

/**
 * In the order in which they were made. A replacement follows what it replaces.
 * @param of.key of the vault that the intent names.
 * @param of.feePosted smallest units that the network took for the one that ran; null while nothing is posted.
 */
export function viewTransactions(
  rows: readonly StoredTransaction[],
  of: { intent: MovingIntent; key: VaultKey; feePosted: bigint | null },
): TransactionView[] {
  const inOrder = rows.toSorted(
    (one, other) =>
      one.createdAt.getTime() - other.createdAt.getTime() || one.replacement - other.replacement,
  );
  const { family } = chainFacts(of.intent.chain);
  return inOrder.map((row, at) => {
    const replaced = inOrder.findIndex(
      ({ conflictKey, replacement }) =>
        conflictKey === row.conflictKey && replacement === row.replacement - 1,
    );
    return {
      id: row.id,
      family,
      txid: row.txid,
      phase: row.phase,
      conflictKey: row.conflictKey,
      place: at + 1,
      replaces: replaced < 0 ? null : replaced + 1,
      feePaid:
        of.feePosted !== null && hasRun(row) ? feeAmount(of.feePosted, of.intent.chain) : null,
      ranIn: row.slot === null ? null : `${family === 'solana' ? 'slot' : 'block'} ${row.slot}`,
      error: row.error,
      createdAt: row.createdAt.toISOString(),
      signedAt: row.signedAt?.toISOString() ?? null,
      broadcastAt: row.broadcastAt?.toISOString() ?? null,
      confirmedAt: row.confirmedAt?.toISOString() ?? null,
      ...read(row, of),
    };
  });
}

/** What failed without a place on the chain was superseded, and cost nothing. */
const hasRun = ({ phase, slot }: StoredTransaction): boolean =>
  phase === 'confirmed' || (phase === 'failed' && slot !== null);

function read(
  { message, conflictKey }: StoredTransaction,
  { intent, key: { suite, publicKey } }: { intent: MovingIntent; key: VaultKey },
): Pick<TransactionView, 'contents' | 'fault'> {
  // For the chain that was signed, whatever the record calls it.
  const key = { chain: intent.chain, suite, publicKey };
  const owner = ownerOf(intent);
  try {
    const decoded =
      chainFacts(key.chain).accounts === 'pooled'
        ? decodeSolana(message, key)
        : decodeForOwner(key, owner, message);
    const fault =
      findDifference(intent, addressOfOwner(key, owner), decoded) ??
      (decoded.conflictKey === conflictKey ? null : 'transaction-does-not-conflict');
    return { contents: contentsOf(decoded), fault };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { contents: null, fault: `${error.refusal}: ${error.detail}` };
  }
}
