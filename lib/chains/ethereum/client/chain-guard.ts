/**
 * Makes sure that a node belongs to the chain that is meant, by chain id and first block: sandboxes
 * share an id, and an address can come to lead elsewhere. What another chain says about our
 * transactions must not be believed, nor anything be sent to it.
 */
import { EthereumRpcError } from './rpc-error.ts';

export type ChainIdentity = {
  chainId: bigint;
  /** Hash of block 0, hex with `0x`. */
  genesisHash: string;
};

/** Whether this is the chain that is on record. May throw; then nobody knows. */
export type ChainCheck = (identity: ChainIdentity) => Promise<boolean>;

export type ChainGuard = {
  /** Called before each question. @throws EthereumRpcError `rpc-other-chain` */
  require(method: string): Promise<void>;
  /** The node was away: whoever answers next may be another. */
  doubt(): void;
};

/** How long the node's word counts: an address behind a proxy changes machines without a sign. */
const FRESH_MS = 2_000;

/** @param askIdentity asks the node, past this guard. */
export function guardChain(
  askIdentity: () => Promise<ChainIdentity>,
  accepts: ChainCheck,
): ChainGuard {
  let knownUntil = 0;
  return {
    async require(method) {
      // What is sent can't be taken back, so for that the word is never an old one.
      if (method !== 'eth_sendRawTransaction' && performance.now() < knownUntil) return;
      const asked = performance.now();
      if (!(await accepts(await askIdentity()))) {
        knownUntil = 0;
        throw new EthereumRpcError(
          'rpc-other-chain',
          method,
          'the node belongs to another chain than the one on record',
        );
      }
      knownUntil = asked + FRESH_MS;
    },
    doubt: () => {
      knownUntil = 0;
    },
  };
}
