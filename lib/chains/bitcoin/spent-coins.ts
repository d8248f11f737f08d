/**
 * The coins that an unsigned payment spends, for whatever takes its place. A node no longer lists them once
 * the payment waits for a block, but until then they are still there to be spent instead.
 */
import type { AccountCoin } from './build.ts';
import { outpointOf, outpointOfConflictKey } from './conflict-key.ts';
import type { BitcoinContext } from './context.ts';
import { decode } from './decode.ts';
import { readPsbt } from './psbt-reader.ts';

/** In the order of the inputs. @throws DecodeError when the bytes are no payment of the account. */
export function coinsSpentBy(unsigned: Uint8Array, context: BitcoinContext): AccountCoin[] {
  const { details, conflictKey, uses = [], from } = decode(unsigned, context);
  if (details.family !== 'bitcoin') throw new TypeError('A payment of another chain');
  const records = readPsbt(unsigned, context.kind).inputs;
  return [conflictKey, ...uses].map((key, at) => {
    const input = details.inputs[at];
    const { txid, vout } = outpointOfConflictKey(key);
    return {
      txid,
      vout,
      amount: BigInt(input?.amount ?? '0'),
      branch: input?.address === from ? 'receive' : 'change',
      previous: context.kind === 'p2wpkh' ? (records[at] ?? null) : null,
    };
  });
}

/** Both lists as one, each coin once. */
export const joinCoins = (
  coins: readonly AccountCoin[],
  others: readonly AccountCoin[],
): AccountCoin[] => [
  ...new Map([...coins, ...others].map((coin) => [outpointOf(coin), coin])).values(),
];
