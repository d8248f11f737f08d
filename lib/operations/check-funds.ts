import { assetFacts } from '#lib/chains/assets.ts';
import { clientBalances, vaultPositions } from '#lib/ledger/queries.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { MovingIntent, WithdrawalIntent } from '#lib/protocol/intent.ts';

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
  const { client, asset } = intent;
  const amount = BigInt(intent.amount);
  const balances = await clientBalances(context.db, { client });
  const available = BigInt(balances.find((row) => row.asset === asset)?.available ?? 0);
  if (amount > available)
    return refuse(
      'insufficient-balance',
      `${client} has ${textOf(available, asset)} available, which does not cover ${textOf(amount, asset)}. Part of the balance may be held for other withdrawals.`,
    );
  return findVaultShortage(intent, context);
}

const textOf = (units: bigint, asset: string): string =>
  `${formatAmount(units, assetFacts(asset).decimals)} ${asset}`;

/** @returns null when by the ledger enough lies in the vault. */
export async function findVaultShortage(
  { vault, asset, amount: units }: MovingIntent,
  { db }: Pick<Context, 'db'>,
): Promise<Refused<'vault-short'> | null> {
  const amount = BigInt(units);
  const positions = await vaultPositions(db);
  const lies = BigInt(
    positions.find((row) => row.vault === vault && row.asset === asset)?.amount ?? 0,
  );
  if (amount > lies)
    return refuse(
      'vault-short',
      `By the ledger ${textOf(lies, asset)} lies in vault ${vault}, which does not cover ${textOf(amount, asset)}. Choose a vault that holds enough.`,
    );
  return null;
}
