/** What the network took for an operation, as the ledger has it. Pure. */
import { chainFacts } from '#lib/chains/registry.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';

export type PostedLine = {
  asset: string;
  /** Debits positive, credits negative, in the smallest unit. */
  amount: bigint;
};

export type PostedJournal = { kind: string; lines: readonly PostedLine[] };

/** Journals that carry the fee of an operation: of one that was carried out, and of one that the chain refused. */
const carriesFee: readonly string[] = ['withdrawal', 'vault-transfer', 'network-fee'];

/**
 * Every journal balances, so what it debits in the asset of the fee is the fee, and the amount as well where both are
 * in one asset and something moved.
 * @returns smallest units of the chain's fee asset; null while nothing is posted.
 */
export function postedFee(
  { chain, asset, amount }: Pick<MovingIntent, 'chain' | 'asset' | 'amount'>,
  journals: readonly PostedJournal[],
): bigint | null {
  const posted = journals.find(({ kind }) => carriesFee.includes(kind));
  if (!posted) return null;
  const { feeAsset } = chainFacts(chain);
  const debits = posted.lines
    .filter((line) => line.asset === feeAsset && line.amount > 0n)
    .reduce((sum, line) => sum + line.amount, 0n);
  const hasMoved = posted.kind !== 'network-fee' && asset === feeAsset;
  return hasMoved ? debits - BigInt(amount) : debits;
}
