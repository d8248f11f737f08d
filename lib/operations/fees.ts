/**
 * Highest network fee an intent allows, in the smallest unit of the chain's fee asset. A Solana
 * transfer with two signatures costs 10,000 lamports; the bound leaves no room for priority fees.
 */
const highestFees: Readonly<Record<string, bigint>> = { solana: 10_000n };

export function highestFeeFor(chain: string): bigint {
  const fee = highestFees[chain.split(':')[0] ?? ''];
  if (fee === undefined) throw new Error(`No fee bound for chain ${chain}`);
  return fee;
}
