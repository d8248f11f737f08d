/** Asks a node of which chain it is, before it is asked anything else or sent anything. */
import { BitcoinNodeError } from './node-error.ts';

/** How long a node's word counts: an address behind a proxy changes machines without a sign. */
const FRESH_MS = 2_000;

export type ChainGuard = {
  /** @throws BitcoinNodeError `node-other-chain`, or why the node can't be asked. */
  require(asked: string, always: boolean): Promise<void>;
  /** The node failed: the next one behind its address may be another. */
  doubt(): void;
};

/** Whether this is the second block of the chain that is meant. May throw; then nobody knows. */
export type ChainCheck = (secondBlock: string) => Promise<boolean>;

/**
 * @param askHash for the hash of the node's block at a height; null where there is none.
 * @param chain CAIP-2 id, which holds the first 32 digits of the first block's hash (BIP122).
 * @param accepts asked about the second block, because every regtest has the same first one.
 * @throws TypeError on a chain that is none of Bitcoin's.
 */
export function guardChain(
  askHash: (height: number) => Promise<string | null>,
  chain: string,
  accepts: ChainCheck | null,
): ChainGuard {
  const digits = /^bip122:([0-9a-f]{32})$/.exec(chain)?.[1];
  if (digits === undefined) throw new TypeError('The chain is none of Bitcoin');
  let knownUntil = 0;
  const isMeant = async (asked: string): Promise<boolean> => {
    if (!(await askHash(0))?.startsWith(digits)) return false;
    if (!accepts) return true;
    const second = await askHash(1);
    if (second === null)
      throw new BitcoinNodeError('node-behind', asked, 'the node has no block after the first');
    return accepts(second);
  };
  return {
    async require(asked, always) {
      // What is sent can't be taken back, so for that the word is never an old one.
      if (!always && performance.now() < knownUntil) return;
      const askedAt = performance.now();
      if (!(await isMeant(asked))) {
        knownUntil = 0;
        throw new BitcoinNodeError(
          'node-other-chain',
          asked,
          'the node belongs to another chain than the one on record',
        );
      }
      knownUntil = askedAt + FRESH_MS;
    },
    doubt: () => {
      knownUntil = 0;
    },
  };
}
