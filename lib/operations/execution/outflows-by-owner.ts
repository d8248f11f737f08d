/**
 * Outflows that no operation here made, on Bitcoin. A node does not tell what an address spent, so the coins that
 * should still lie there are asked for: what was credited and our own payments' change, less what our own payments
 * spent. On Ethereum the watcher of deposits reads every block, and looks for them there.
 */
import { addressScript } from '#lib/chains/bitcoin/client/account-script.ts';
import {
  readTransaction,
  type RawTransaction,
} from '#lib/chains/bitcoin/client/raw-transaction.ts';
import type { BitcoinSource, BlockRef, Coins } from '#lib/chains/bitcoin/client/source.ts';
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import { chainsIn } from '#lib/chains/registry.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { unitsOf } from '#lib/platform/db/units-of.ts';
import { eachApart } from '../each-apart.ts';
import { goneCoins, outpointText, type KnownCoin } from './gone-coins.ts';
import { noteOutflow } from './note-outflow.ts';
import type { WorkerContext } from './worker-context.ts';

const asset = 'BTC';
/** Coins and payments looked at in one pass, the newest first. */
const rowsMax = 50_000;
/** Payments of which shares are out, and no signature came back, that the node is asked for; there is hardly ever one. */
const releasedMax = 100;

type Address = {
  address: string;
  vault: { id: string; name: string; chain: string };
  owner: string | null;
};

/** An account: where its owner is paid in a vault, and where its change goes. */
const ownerKey = ({ vault, owner }: Address): string => `${vault.id} ${owner ?? ''}`;

/** What one worker remembers from pass to pass: the block it looked at last, by chain. */
export class OutflowsByOwner {
  readonly #lookedAt = new Map<string, string>();

  async look(context: WorkerContext): Promise<void> {
    await eachApart(
      chainsIn(context.settings.mode),
      ({ chain }) => `outflows on ${chain}`,
      async (facts) => {
        const { bitcoin } = context;
        if (facts.family === 'bitcoin' && bitcoin) await this.#lookOn(facts, bitcoin, context);
      },
    );
  }

  async #lookOn(facts: ChainFacts, source: BitcoinSource, context: WorkerContext): Promise<void> {
    const { chain } = facts;
    const tip = await source.tip();
    if (this.#lookedAt.get(chain) === tip.hash) return;
    const addresses = await addressesOn(chain, context.db);
    const known = await coinsOnRecord(addresses, chain, source, context.db);
    await eachApart(
      [...Map.groupBy(addresses, ownerKey)],
      ([key]) => `coins of ${key}`,
      async ([key, account]) => {
        const coins = known.get(key) ?? [];
        if (coins.length > 0) await lookAt({ account, coins, facts, tip }, source, context);
      },
    );
    this.#lookedAt.set(chain, tip.hash);
  }
}

/** Notes each coin that is gone, that lay deep in the chain, and that no payment of ours spent. */
async function lookAt(
  of: {
    account: readonly Address[];
    coins: readonly KnownCoin[];
    facts: ChainFacts;
    tip: BlockRef;
  },
  source: BitcoinSource,
  context: WorkerContext,
): Promise<void> {
  const { account, facts, tip } = of;
  const lying: Coins[] = [];
  for (const { address } of account) lying.push(await source.coins(address));
  const gone = goneCoins(of.coins, ...lying);
  const [first] = account;
  if (gone.length === 0 || !first) return;
  // After the node was asked: a payment of ours is on record before it is sent.
  const spent = spentBy(await ownPayments(facts.chain, source, context.db));
  for (const coin of gone) {
    if (spent.has(outpointText(coin))) continue;
    // A reorganisation takes a coin by undoing what made it; that is no outflow.
    const made = await source.transaction(coin.txid);
    if (!made?.block) continue;
    if (tip.height - made.block.height + 1 < (facts.confirmations ?? Infinity)) continue;
    await noteOutflow(
      {
        vault: first.vault,
        txid: outpointText(coin),
        asset,
        amount: coin.amount,
        slot: BigInt(tip.height),
      },
      context,
    );
  }
}

async function addressesOn(chain: string, db: Database): Promise<Address[]> {
  const rows = await db.vaultAccount.findMany({
    where: { vault: { chain } },
    include: { vault: { select: { id: true, name: true, chain: true } } },
    take: 2 * rowsMax,
  });
  return rows.map(({ address, vault, clientId: owner }) => ({ address, vault, owner }));
}

/** Coins that no payment of ours has spent, by the account that they should lie in. */
async function coinsOnRecord(
  addresses: readonly Address[],
  chain: string,
  source: BitcoinSource,
  db: Database,
): Promise<ReadonlyMap<string, KnownCoin[]>> {
  const payments = await ownPayments(chain, source, db);
  const spent = spentBy(payments);
  const ownerOf = new Map(
    addresses.map((one) => [addressScript(one.address, chain), ownerKey(one)]),
  );
  const deposits = await db.deposit.findMany({
    where: { chain, reversal: null, blockHash: { not: null } },
    orderBy: { creditedAt: 'desc' },
    take: rowsMax,
  });
  const found = new Map<string, Map<string, KnownCoin>>();
  const add = (key: string | undefined, coin: KnownCoin): void => {
    if (key === undefined || spent.has(outpointText(coin))) return;
    const coins = found.get(key) ?? new Map<string, KnownCoin>();
    found.set(key, coins.set(outpointText(coin), coin));
  };
  for (const { txid, place, vaultId, clientId, amount } of deposits)
    add(`${vaultId} ${clientId ?? ''}`, { txid, vout: Number(place), amount: unitsOf(amount) });
  for (const { txid, outputs } of payments)
    for (const [vout, { amount, script }] of outputs.entries())
      add(ownerOf.get(script), { txid, vout, amount });
  return new Map([...found].map(([key, coins]) => [key, [...coins.values()]]));
}

/**
 * Payments of ours that ran or may run yet, by their bytes; one that failed explains nothing. Where shares are out and
 * no signature came back, others may have put them together: its id is on record from before, so the node has its bytes
 * once it knows it. Until then its coins are not taken for spent: whoever else spends them is nobody of ours.
 */
async function ownPayments(
  chain: string,
  source: BitcoinSource,
  db: Database,
): Promise<RawTransaction[]> {
  // First, so that one whose signature comes meanwhile is among the others.
  const released = await db.chainTransaction.findMany({
    where: { chain, raw: null, phase: 'releasing', txid: { not: null } },
    orderBy: { createdAt: 'desc' },
    select: { txid: true },
    take: releasedMax,
  });
  const rows = await db.chainTransaction.findMany({
    where: { chain, raw: { not: null }, phase: { not: 'failed' } },
    orderBy: { createdAt: 'desc' },
    select: { raw: true },
    take: rowsMax,
  });
  const found = rows.flatMap(({ raw }) => (raw === null ? [] : [readTransaction(raw)]));
  for (const { txid } of released) {
    const known = txid === null ? null : await source.transaction(txid);
    if (known) found.push(known.transaction);
  }
  return found;
}

const spentBy = (payments: readonly RawTransaction[]): ReadonlySet<string> =>
  new Set(payments.flatMap(({ inputs }) => inputs.map(outpointText)));
