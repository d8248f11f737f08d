/** What an operation may take from a client, by its intent. Pure. */
import { chainFacts } from '#lib/chains/registry.ts';
import type { Taking } from '#lib/ledger/wanted-holds.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';

/**
 * A withdrawal takes its amount, and the network fee where the client bears it. A transfer between vaults takes at most
 * that fee.
 * @returns null where nothing is taken from a client.
 */
export function takingOf(intent: MovingIntent): Taking | null {
  const { feeBearer = 'custodian' } = intent;
  const fee =
    feeBearer === 'custodian'
      ? null
      : { asset: chainFacts(intent.chain).feeAsset, highest: BigInt(intent.highestFee) };
  if (intent.kind === 'withdrawal') {
    const { client, asset, amount } = intent;
    return { client, exact: { asset, amount: BigInt(amount) }, fee };
  }
  return fee && { client: feeBearer, exact: null, fee };
}
