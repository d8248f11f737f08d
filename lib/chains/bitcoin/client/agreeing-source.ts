/** Two sources as one: what either says counts once the other says the same. */
import { agreedOn } from '../../endpoints-differ.ts';
import { outpointOf } from '../conflict-key.ts';
import {
  compare,
  compareBlockHash,
  compareCoins,
  compareHistories,
  compareSpending,
  compareTips,
  compareTransaction,
  sendThroughBoth,
} from './compared.ts';
import type { BitcoinSource } from './source.ts';

/** Blocks by which one of two honest nodes may be behind the other. */
const lagMax = 2;

/** Its questions throw EndpointsDiffer where the two do not agree, beside what each source throws. */
export const agreeingSource = (first: BitcoinSource, second: BitcoinSource): BitcoinSource => ({
  tip: async () => agreedOn('the newest block', await compareTips(first, second, lagMax)),
  blockHash: async (height) =>
    agreedOn(`block ${height}`, await compareBlockHash(first, second, height)),
  utxos: async (address) =>
    agreedOn(`coins of ${address}`, await compareCoins(first, second, address)).coins,
  coins: async (address) =>
    agreedOn(`coins of ${address}`, await compareCoins(first, second, address)),
  transaction: async (txid) =>
    agreedOn(`transaction ${txid}`, await compareTransaction(first, second, txid)),
  spending: async (outpoint) =>
    agreedOn(`what spends ${outpointOf(outpoint)}`, await compareSpending(first, second, outpoint)),
  send: (raw) => sendThroughBoth(first, second, raw),
  /** Estimates differ honestly; the higher one gets the payment into a block on either node's word. */
  feeRate: async (targetBlocks) => {
    const rates = await compare(
      first,
      second,
      (source) => source.feeRate(targetBlocks),
      (one, two) => one === two,
    );
    if (rates.verdict !== 'disagree') return agreedOn('the fee rate', rates);
    const known = [rates.first, rates.second].filter((rate) => rate !== null);
    return known.reduce<bigint | null>(
      (most, rate) => (most === null || rate > most ? rate : most),
      null,
    );
  },
  /** Compared as a whole, so there is one page. */
  history: async (address, { from }) => ({
    entries: agreedOn(
      `what ${address} received`,
      await compareHistories(first, second, address, from),
    ),
    next: null,
  }),
});
