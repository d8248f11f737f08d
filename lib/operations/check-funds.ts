import { assetFacts } from '#lib/chains/assets.ts';
import { clientBalances, vaultPositions } from '#lib/ledger/queries.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';

/**
 * What the books have against a withdrawal, asked before anybody presses a key. It decides nothing:
 * the client's balance is decided under its lock when the hold is placed, and the vault's by the
 * chain.
 * @returns null when client and vault can carry it.
 */
export async function findShortage(
  intent: WithdrawalIntent,
  context: Context,
): Promise<Refused<'insufficient-balance' | 'vault-short'> | null> {
  const { client, vault, asset } = intent;
  const amount = BigInt(intent.amount);
  const text = (units: bigint): string =>
    `${formatAmount(units, assetFacts(asset).decimals)} ${asset}`;
  const [balances, positions] = await Promise.all([
    clientBalances(context.db, { client }),
    vaultPositions(context.db),
  ]);
  const available = BigInt(balances.find((row) => row.asset === asset)?.available ?? 0);
  if (amount > available)
    return refuse(
      'insufficient-balance',
      `${client} has ${text(available)} available, which does not cover ${text(amount)}. Part of the balance may be held for other withdrawals.`,
    );
  const lies = BigInt(
    positions.find((row) => row.vault === vault && row.asset === asset)?.amount ?? 0,
  );
  if (amount > lies)
    return refuse(
      'vault-short',
      `By the ledger ${text(lies)} lies in vault ${vault}, which does not cover ${text(amount)}. Choose a vault that holds enough.`,
    );
  return null;
}
