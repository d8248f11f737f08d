/** What an operation costs on its chain, at most or in the end, and who pays it, as people read it. Pure. */
import { assetFacts } from '#lib/chains/assets.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';

const payers = (feeBearer: string): string =>
  feeBearer === 'custodian' ? 'paid by the custodian' : `borne by client ${feeBearer}`;

/**
 * "0.000420000000000000 ETH, borne by client C-20418": once the chain has taken it.
 * @param fee smallest units of the chain's fee asset.
 */
export function paidFeeWords(
  { chain, feeBearer = 'custodian' }: Pick<MovingIntent, 'chain' | 'feeBearer'>,
  fee: bigint,
): string {
  const { feeAsset } = chainFacts(chain);
  return `${formatAmount(fee, assetFacts(feeAsset).decimals)} ${feeAsset}, ${payers(feeBearer)}`;
}

/**
 * "at most 0.000010000 SOL, paid by the custodian", or "borne by client C-20418"; the fee is in the chain's own
 * asset, whatever moves.
 */
export function feeWords({
  chain,
  highestFee,
  feeBearer = 'custodian',
}: Pick<MovingIntent, 'chain' | 'highestFee' | 'feeBearer'>): string {
  const { feeAsset } = chainFacts(chain);
  const most = formatAmount(BigInt(highestFee), assetFacts(feeAsset).decimals);
  return `at most ${most} ${feeAsset}, ${payers(feeBearer)}`;
}
