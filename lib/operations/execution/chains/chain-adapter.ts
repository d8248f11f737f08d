/**
 * What a chain does for an operation that moves coins. Everything else of its life (states, statements,
 * parties, books) is the same for every chain; what a chain does not answer in time throws, and the
 * worker comes again.
 */
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import type { Stop } from '../../change-state.ts';
import type { OperationRow } from '../../load-standing.ts';
import type { WaitReason } from '../../progress/wait.ts';
import type { WorkerContext } from '../worker-context.ts';

export type TransactionRow = OperationRow['transactions'][number];

/** What a co-signed operation may go on with. */
export type Prepared =
  /**
   * The unsigned bytes that the parties decode, and what they tie the operation to. `setAside` is what they use up, by
   * the names under which it is set aside.
   */
  | { state: 'built'; message: Uint8Array; conflictKey: string; setAside: readonly string[] }
  /** It has a transaction already, and keeps it. */
  | { state: 'known' }
  /** Nothing can be done yet: the operation keeps its place in the queue. No reason where it has moved on. */
  | { state: 'waits'; reason: WaitReason | null }
  | { state: 'stopped'; stop: Stop };

export type Assembled =
  /** The id is known before anything is sent, so that an unknown outcome can be looked up. */
  { ok: true; raw: Uint8Array; txid: string } | { ok: false; stop: Stop };

export type SignedParts = {
  intent: MovingIntent;
  /** With its threshold key: public key in hex, and the suite. */
  vault: { id: string; address: string; key: { publicKey: string; suite: string } };
  signatures: readonly Uint8Array[];
};

/** What sending came to, for the log: whatever it is, the id is looked up. */
export type Sent = { outcome: 'accepted' | 'refused' | 'unknown'; detail: string | null };

export type Fate =
  | {
      fate: 'ran';
      /** Slot or block height. */
      height: bigint;
      /** Whether it counts as done: from then on nothing takes it back. */
      isFinal: boolean;
      /** Blocks that count, its own included; null where the chain itself says what is final. */
      depth: number | null;
      /** One line where the chain ran it and refused the transfer. */
      error: string | null;
      /** What the network took, in the smallest unit of the chain's fee asset. */
      fee: bigint;
      /** Its signed bytes as the chain has them, where those say the id. */
      raw?: Uint8Array;
    }
  /**
   * Another transaction used what it was tied to, finally: it can never run.
   * `twin` are the signed bytes of that one where it is the same transaction under another signature.
   */
  | { fate: 'superseded'; by: string; twin?: Uint8Array }
  /** It can still run; sending the same bytes again is harmless. */
  | { fate: 'possible' }
  /** What the node says does not fit together (yet). Ask again; never act on it. */
  | { fate: 'unclear' };

export type ChainAdapter = {
  /** Sets aside what the transaction will use up, and builds it. */
  prepare(row: OperationRow, intent: MovingIntent, context: WorkerContext): Promise<Prepared>;
  /**
   * Whether all of it is still set aside for the operation: another worker may have given it back since. Whoever gives
   * back locks the operation's row, so with that lock the answer holds until the transaction ends.
   */
  isSetAside(tx: Tx, operation: string, setAside: readonly string[]): Promise<boolean>;
  /** Why what was built can't be signed and sent any more as things are here; null where it can. */
  findObstacle(transaction: TransactionRow, context: WorkerContext): Stop | null;
  /**
   * The id that the signed bytes will have. Absent on chains where signatures are part of it.
   * @throws DecodeError where the bytes are no transaction of the account.
   */
  idBeforeSigned?(message: Uint8Array, of: Pick<SignedParts, 'intent' | 'vault'>): string;
  /**
   * Puts the signatures to the unsigned bytes.
   * @param signatures of the vault's key, one for each part, in the decoder's order.
   * @throws where one does not verify: the parties verified it before.
   */
  assemble(transaction: TransactionRow, of: SignedParts, context: WorkerContext): Assembled;
  send(raw: Uint8Array, context: WorkerContext): Promise<Sent>;
  /** @param transaction one whose id is on record, signed or not yet. */
  findFate(transaction: TransactionRow, context: WorkerContext): Promise<Fate>;
  /**
   * A transaction that takes the place of one that does not move: it conflicts with all before it and
   * stays under the intent's highest fee. Null while nothing better can be offered. Absent on chains
   * that have no such thing.
   */
  replace?(
    row: OperationRow,
    of: { intent: MovingIntent; previous: TransactionRow },
    context: WorkerContext,
  ): Promise<{ message: Uint8Array; conflictKey: string } | null>;
  /** Gives back what was set aside, once the operation can't have a transaction any more. */
  release(tx: Tx, operation: string): Promise<void>;
};
