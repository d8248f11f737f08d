/**
 * Asks the chain whether a payment leaves its recipient with what an account must hold there. The
 * chain refuses one that does not, which people should hear before they all have stated.
 */
import { assets } from '#lib/chains/assets.ts';
import { chainsOfFamily, familyOf } from '#lib/chains/registry.ts';
import { createSolanaClient, type SolanaClient } from '#lib/chains/solana/client.ts';
import type { Context } from '#lib/platform/context.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';

export type RecipientCheck =
  | { state: 'enough' }
  /** Exact text with the asset: what an account must hold, and the least to send to this one. */
  | { state: 'too-little'; minimum: string; least: string }
  /** The chain could not be asked in time. */
  | { state: 'unknown' };

/** Somebody waits for the page meanwhile. */
const timeoutMs = 2_000;

const decimals = 9;

/** One per address and database: the web server has one of each, tests have several. */
const clients = new WeakMap<Context['db'], Map<string, SolanaClient>>();

function clientFor(rpc: string, { db }: Context): SolanaClient {
  const known = clients.get(db) ?? new Map<string, SolanaClient>();
  clients.set(db, known);
  const client =
    known.get(rpc) ??
    createSolanaClient(rpc, {
      timeoutMs,
      // Until the worker has put a chain on record, any will do.
      accepts: async (genesisHash) => {
        const recorded = await db.chainIdentity.findMany({
          where: { chain: { in: chainsOfFamily('solana') } },
          select: { genesisHash: true },
        });
        return recorded.every((row) => row.genesisHash === genesisHash);
      },
    });
  known.set(rpc, client);
  return client;
}

/**
 * Never throws: what can't be found out is `unknown`.
 * @returns null where the chain asks nothing of an account.
 */
export async function checkRecipient(
  { chain, asset, amount, destination }: MovingIntent,
  context: Context,
): Promise<RecipientCheck | null> {
  const isNative = assets.some((entry) => entry.code === asset && entry.chains.includes(chain));
  if (!isNative || familyOf(chain) !== 'solana') return null;
  const { solanaRpc } = context.settings;
  if (solanaRpc === undefined) return { state: 'unknown' };
  try {
    const client = clientFor(solanaRpc, context);
    const [holds, minimum] = await Promise.all([
      client.getBalance(destination.address),
      client.getRentExemptMinimum(0n),
    ]);
    if (holds + BigInt(amount) >= minimum) return { state: 'enough' };
    const text = (units: bigint): string => `${formatAmount(units, decimals)} ${asset}`;
    return { state: 'too-little', minimum: text(minimum), least: text(minimum - holds) };
  } catch {
    return { state: 'unknown' };
  }
}
