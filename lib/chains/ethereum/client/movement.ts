/** One movement of an account of ours, as the chain shows it. */
export type Movement = {
  /** The transaction. */
  hash: string;
  /** The token's contract; null for ether. */
  token: string | null;
  from: string;
  to: string;
  /** Wei, or the token's smallest unit; 0 for a transaction that only cost its fee. */
  amount: bigint;
  /** Wei that `from` paid for gas with this transaction; 0 for tokens, whose fee is on the ether line. */
  fee: bigint;
  /** Place of the event in the block, which with the hash names a movement of tokens; null for ether. */
  logIndex: bigint | null;
};
