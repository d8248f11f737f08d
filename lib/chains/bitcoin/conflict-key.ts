/**
 * The names of coins: what a payment is tied to (its first input), and what else it uses up. A coin is spent
 * once, so of all payments that spend the first one at most one is ever confirmed.
 */
import { bitcoinNetwork } from './networks.ts';

export type Outpoint = {
  /** As people and nodes write it. */
  txid: string;
  vout: number;
};

export const outpointOf = ({ txid, vout }: Outpoint): string => `${txid}:${vout}`;

export const conflictKeyOf = (chain: string, outpoint: Outpoint): string =>
  `${chain}:outpoint:${outpointOf(outpoint)}`;

/** The coin in a conflict key. @throws when the text is none of a Bitcoin payment. */
export function outpointOfConflictKey(key: string): Outpoint & { chain: string } {
  const [namespace, reference, kind, txid = '', vout = '', ...rest] = key.split(':');
  const chain = `${namespace}:${reference}`;
  const isKey =
    bitcoinNetwork(chain) !== null &&
    kind === 'outpoint' &&
    /^[0-9a-f]{64}$/.test(txid) &&
    /^(?:0|[1-9]\d{0,9})$/.test(vout) &&
    Number(vout) <= 0xffffffff &&
    rest.length === 0;
  if (!isKey) throw new Error('This is no conflict key of a Bitcoin payment.');
  return { chain, txid, vout: Number(vout) };
}
