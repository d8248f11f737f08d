/**
 * Makes sure that a node belongs to the chain that is meant. An address can come to lead elsewhere
 * (a changed setting, a name that points to another machine, a node started from nothing), and what
 * another chain says about our transactions must not be believed, nor anything be sent to it.
 */
import { hash32 } from './rpc-answers.ts';
import { SolanaRpcError } from './rpc-error.ts';

/** Whether this genesis hash is the one of the chain that is meant. May throw; then nobody knows. */
export type ChainCheck = (genesisHash: string) => Promise<boolean>;

export type ChainGuard = {
  /** Called before each question. @throws SolanaRpcError `rpc-other-chain` */
  require(method: string): Promise<void>;
  /** The node was away: whoever answers next may be another. */
  doubt(): void;
};

/** How long the node's word counts: an address behind a proxy changes machines without a sign. */
const FRESH_MS = 2_000;

/** @param askHash asks the node, past this guard. */
export function guardChain(askHash: () => Promise<string>, accepts: ChainCheck): ChainGuard {
  let knownUntil = 0;
  return {
    async require(method) {
      // What is sent can't be taken back, so for that the word is never an old one.
      if (method !== 'sendTransaction' && performance.now() < knownUntil) return;
      const asked = performance.now();
      if (!(await accepts(hash32.parse(await askHash())))) {
        knownUntil = 0;
        throw new SolanaRpcError(
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
