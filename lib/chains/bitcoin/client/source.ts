/**
 * What the console asks of Bitcoin, whoever answers: a Bitcoin Core node or an Esplora index.
 * Questions throw BitcoinNodeError within their time-out; sending answers with a value, because its
 * outcome can be unknown. Amounts are satoshis.
 */
import type { Outpoint } from '../conflict-key.ts';
import type { ChainCheck } from './chain-guard.ts';
import type { NodeFault } from './node-error.ts';
import type { RawTransaction } from './raw-transaction.ts';

export type BlockRef = { height: number; hash: string };

export type Utxo = {
  txid: string;
  vout: number;
  /** From the bytes of the transaction that made it, not from what the node says. */
  amount: bigint;
  /** Hex. */
  script: string;
  /** Null while it waits for a block. */
  block: BlockRef | null;
  /** Bitcoin lets nobody spend these before 100 blocks are on top. */
  isCoinbase: boolean;
};

export type Coins = {
  /** At most the 500 largest. */
  coins: Utxo[];
  /** False where the address has more than are given out. */
  isWhole: boolean;
};

export type KnownTransaction = {
  transaction: RawTransaction;
  /** Null while it waits for a block. */
  block: BlockRef | null;
};

/** What blocks show of an output; what waits for a block is left out. */
export type Spending =
  /** No block's transaction spends it. */
  | { state: 'unspent' }
  /** The node does not know what made it, so nothing is said. */
  | { state: 'unknown' }
  /** The bytes of the spender were read: one of its inputs names the output. */
  | { state: 'spent'; by: { txid: string; block: BlockRef } };

/** What one transaction pays to an address. */
export type HistoryEntry = {
  txid: string;
  block: BlockRef | null;
  received: readonly { vout: number; amount: bigint }[];
};

export type HistoryQuery = {
  /** Lowest height of interest. */
  from: number;
  /** `next` of the page before; null for the newest. */
  cursor: string | null;
};

export type HistoryPage = {
  /** Newest first. What waits for a block is in it only where the source shows that (Esplora). */
  entries: readonly HistoryEntry[];
  /** Null when everything down to `from` has been shown. */
  next: string | null;
};

export type SendRefusal =
  /** An input is spent or unknown: maybe because this very transaction is in a block already. */
  | 'inputs-missing-or-spent'
  /** Another transaction that may not be replaced spends the same. */
  | 'conflict'
  | 'fee-too-low'
  /** It pays too little to take the place of another one (BIP125). */
  | 'replacement-fee-too-low'
  /** The fee is so high that the node takes it for a mistake. */
  | 'fee-too-high'
  | 'dust'
  | 'bad-signature'
  | 'not-final'
  /** Anything else that the node gives a reason for. */
  | 'not-accepted';

export type SendOutcome =
  /** `isKnown`: the network had it before. */
  | { outcome: 'accepted'; txid: string; isKnown: boolean }
  | { outcome: 'refused'; txid: string; refusal: SendRefusal; said: string }
  /** It may or may not be on its way. Look the id up, or send the same bytes again. */
  | { outcome: 'unknown'; txid: string; fault: NodeFault };

export type BitcoinSource = {
  tip(): Promise<BlockRef>;
  /** Hash of the block at a height; null above the tip. */
  blockHash(height: number): Promise<string | null>;
  /**
   * What an address can spend, at most the 500 largest; each amount is checked against the transaction
   * it comes from.
   */
  utxos(address: string): Promise<Utxo[]>;
  /** The same, and whether that is all of it: a sum over less than all would be wrong. */
  coins(address: string): Promise<Coins>;
  /** Null when the node doesn't know it. */
  transaction(txid: string): Promise<KnownTransaction | null>;
  /** Which transaction in a block spends an output. How deep that lies is for the caller to see. */
  spending(outpoint: Outpoint): Promise<Spending>;
  /**
   * Once, without a second try; `sendAndSettle` does more.
   * @throws RawError when the bytes are no transaction, BitcoinNodeError `node-other-chain`; nothing
   * was sent then.
   */
  send(raw: Uint8Array): Promise<SendOutcome>;
  /** Satoshis per 1000 virtual bytes for a place within so many blocks; null where nobody can say. */
  feeRate(targetBlocks: number): Promise<bigint | null>;
  /** What an address received, the newest first. */
  history(address: string, query: HistoryQuery): Promise<HistoryPage>;
};

export type SourceOptions = {
  /**
   * CAIP-2 id of the chain that is meant: a node whose first block is of another one is asked nothing
   * and sent nothing.
   */
  chain: string;
  /**
   * Whether a hash is that of the second block (height 1) of the chain on record. Every regtest has the
   * same first block, so only this tells two sandboxes apart.
   */
  accepts?: ChainCheck;
  /** Longest wait for one answer, whole body included; 10 seconds unless said otherwise. */
  timeoutMs?: number;
};
