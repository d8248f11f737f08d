/**
 * Whether a payment is enough for its recipient: a chain refuses one that leaves an account with less than it must
 * hold there, and Bitcoin's nodes pass no dust on. People should hear that before they all have stated.
 */
import { assetFacts, assets } from '#lib/chains/assets.ts';
import { readAddress } from '#lib/chains/bitcoin/address.ts';
import { dustLimit } from '#lib/chains/bitcoin/script.ts';
import { chainsOfFamily, familyOf } from '#lib/chains/registry.ts';
import { createSolanaClient, type SolanaClient } from '#lib/chains/solana/client.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';

export type RecipientCheck =
  | { state: 'enough' }
  /** Exact text with the asset: what an account must hold, and the least to send to this one. */
  | { state: 'too-little'; minimum: string; least: string }
  /** So little that no node passes the payment on; the least to send to this address, as exact text with the asset. */
  | { state: 'dust'; least: string }
  /** The chain could not be asked in time. */
  | { state: 'unknown' };

/** Somebody waits for the page meanwhile. */
const timeoutMs = 2_000;

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

const inText = (units: bigint, asset: string): string =>
  `${formatAmount(units, assetFacts(asset).decimals)} ${asset}`;

/** What the kind of an address says by itself, without asking anybody. @returns null where it has nothing against it. */
function checkDust({ chain, asset, amount, destination }: MovingIntent): RecipientCheck | null {
  const read = readAddress(destination.address, chain);
  // It was read when it was listed; parties refuse one that can't be.
  if (!read.ok) return null;
  const least = dustLimit[read.kind];
  return BigInt(amount) < least ? { state: 'dust', least: inText(least, asset) } : null;
}

/**
 * Never throws: what can't be found out is `unknown`.
 * @returns null where the chain asks nothing of an account, and of Bitcoin where nodes pass the amount on.
 */
export async function checkRecipient(
  intent: MovingIntent,
  context: Context,
): Promise<RecipientCheck | null> {
  const { chain, asset, amount, destination } = intent;
  if (familyOf(chain) === 'bitcoin') return checkDust(intent);
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
    return {
      state: 'too-little',
      minimum: inText(minimum, asset),
      least: inText(minimum - holds, asset),
    };
  } catch {
    return { state: 'unknown' };
  }
}

/**
 * Why an amount is too little for its recipient, and the least that would do.
 * @param recipient "address" or "vault".
 * @returns null where nothing is known against it.
 */
export function tooLittleFor(
  check: RecipientCheck | null,
  recipient: 'address' | 'vault',
): Refused<'recipient-below-minimum' | 'amount-below-dust'> | null {
  switch (check?.state) {
    case 'too-little':
      return refuse(
        'recipient-below-minimum',
        `An account on this chain must hold at least ${check.minimum}, so the transfer would fail. Enter at least ${check.least} for this ${recipient}.`,
        'amount',
      );
    case 'dust':
      return refuse(
        'amount-below-dust',
        `So little is dust, which no node passes on. Enter at least ${check.least} for this ${recipient}.`,
        'amount',
      );
    case 'enough':
    case 'unknown':
    case undefined:
      return null;
  }
}
