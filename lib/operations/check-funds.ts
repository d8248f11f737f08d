import { assetFacts } from '#lib/chains/assets.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { vaultsOfClient } from '#lib/ledger/client-positions.ts';
import { feeSourceOf } from '#lib/ledger/fee-source.ts';
import { heldByOwners } from '#lib/ledger/owner-positions.ts';
import { clientBalances, vaultPositions } from '#lib/ledger/queries.ts';
import { wantedHolds, type WantedHold } from '#lib/ledger/wanted-holds.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import { takingOf } from './taking-of.ts';

/**
 * What the books have against moving coins, asked before anybody presses a key. It decides nothing: the
 * client's balances are decided under their locks when the holds are placed, and the vault's by the
 * chain.
 * @returns null when client and vault can carry it; otherwise which balance is short of what.
 */
export async function findShortage(
  intent: MovingIntent,
  context: Context,
): Promise<Refused<'insufficient-balance' | 'vault-short'> | null> {
  return (await findClientShortage(intent, context)) ?? findVaultShortage(intent, context);
}

async function findClientShortage(
  intent: MovingIntent,
  { db }: Context,
): Promise<Refused<'insufficient-balance'> | null> {
  const taking = takingOf(intent);
  if (!taking) return null;
  const { client } = taking;
  const balances = await clientBalances(db, { client });
  for (const wanted of wantedHolds(taking)) {
    const { asset, amount } = wanted;
    const available = BigInt(balances.find((row) => row.asset === asset)?.available ?? 0);
    if (amount > available)
      return refuse(
        'insufficient-balance',
        `${client} has ${textOf(available, asset)} available, which does not cover ${partsText(wanted)}. Part of the balance may be held for other withdrawals.`,
        'amount',
      );
  }
  return null;
}

const textOf = (units: bigint, asset: string): string =>
  `${formatAmount(units, assetFacts(asset).decimals)} ${asset}`;

/** "1 BTC", "1 BTC and a network fee of up to 0.0002 BTC" or "a network fee of up to 0.0002 BTC". */
function partsText({ asset, amount, fee }: Pick<WantedHold, 'asset' | 'amount' | 'fee'>): string {
  const exact = amount === fee ? [] : [textOf(amount - fee, asset)];
  const bound = fee === 0n ? [] : [`a network fee of up to ${textOf(fee, asset)}`];
  return [...exact, ...bound].join(' and ');
}

/** The same in words of the moment when the holds are placed, where somebody else may have been faster. */
export const notCovered = (client: string, wanted: WantedHold): string =>
  `What ${client} has available does not cover ${partsText(wanted)}. Part of the balance may be held for other withdrawals.`;

/**
 * @returns null when by the ledger enough lies in the vault, for the fee as well where it leaves the vault. Where owners
 *   have accounts of their own there, what lies in the account that moves counts and nothing else.
 */
async function findVaultShortage(
  intent: MovingIntent,
  { db }: Pick<Context, 'db'>,
): Promise<Refused<'vault-short'> | null> {
  const { vault } = intent;
  const account = accountWithin(intent);
  for (const leaving of leavesVault(intent)) {
    const lies = await liesIn[account.of](db, { ...account, vault, asset: leaving.asset });
    if (leaving.amount > lies)
      return refuse(
        'vault-short',
        `By the ledger ${textOf(lies, leaving.asset)}${account.words} lies in vault ${vault}, which does not cover ${partsText(leaving)}. Choose a vault that holds enough.`,
        'vault',
      );
  }
  return null;
}

/** What moves within the vault: all of it, where it has one account for everybody, or somebody's own. */
type Account = { of: 'everybody' | 'client' | 'custodian'; client: string; words: string };

function accountWithin(intent: MovingIntent): Account {
  if (chainFacts(intent.chain).accounts === 'pooled')
    return { of: 'everybody', client: '', words: '' };
  const client = ownerOf(intent);
  return client === null
    ? { of: 'custodian', client: '', words: ' of the custodian' }
    : { of: 'client', client, words: ` of ${client}` };
}

type Place = { vault: string; asset: string; client: string };

/** What lies in the account by the ledger, in the smallest unit. */
const liesIn: Record<Account['of'], (db: Context['db'], place: Place) => Promise<bigint>> = {
  everybody: async (db, { vault, asset }) => {
    const positions = await vaultPositions(db);
    return BigInt(positions.find((row) => row.vault === vault && row.asset === asset)?.amount ?? 0);
  },
  client: async (db, { vault, asset, client }) => {
    const positions = await vaultsOfClient(db, { client, asset });
    return positions.find((row) => row.vault === vault)?.amount ?? 0n;
  },
  custodian: async (db, { vault, asset }) => {
    // The custodian's comes before clients'.
    const [first] = await heldByOwners(db, { vaults: [vault], assets: [asset], limit: 1 });
    return first?.client === null ? BigInt(first.units) : 0n;
  },
};

/** What leaves the vault for clients, at most: a fee that the custodian bears is its own coins'. */
function leavesVault(intent: MovingIntent): Omit<WantedHold, 'account'>[] {
  const { asset, chain } = intent;
  const amount = BigInt(intent.amount);
  if (typeof feeSourceOf(intent) !== 'object') return [{ asset, amount, fee: 0n }];
  const fee = BigInt(intent.highestFee);
  const { feeAsset } = chainFacts(chain);
  return feeAsset === asset
    ? [{ asset, amount: amount + fee, fee }]
    : [
        { asset, amount, fee: 0n },
        { asset: feeAsset, amount: fee, fee },
      ];
}
