/**
 * Outflows that no operation here made, on Bitcoin. A node does not tell what an address spent, so the coins that
 * should still lie there are asked for: what was credited and our own payments' change, less what our own payments
 * spent. On Ethereum the watcher of deposits reads every block, and looks for them there.
 */
import { addressScript } from '#lib/chains/bitcoin/client/account-script.ts';
import { readTransaction } from '#lib/chains/bitcoin/client/raw-transaction.ts';
import type { BitcoinSource, BlockRef } from '#lib/chains/bitcoin/client/source.ts';
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

type Account = { address: string; vault: { id: string; name: string; chain: string } };

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
    const accounts = await accountsOn(chain, context.db);
    const known = await coinsOnRecord(accounts, chain, context.db);
    const at = new Map(accounts.map((account) => [account.address, account]));
    await eachApart(
      [...known],
      ([address]) => `coins of ${address}`,
      async ([address, coins]) => {
        const account = at.get(address);
        if (account) await lookAt({ account, coins, facts, tip }, source, context);
      },
    );
    this.#lookedAt.set(chain, tip.hash);
  }
}

/** Notes each coin that is gone, that lay deep in the chain, and that no payment of ours spent. */
async function lookAt(
  of: { account: Account; coins: readonly KnownCoin[]; facts: ChainFacts; tip: BlockRef },
  source: BitcoinSource,
  context: WorkerContext,
): Promise<void> {
  const { account, facts, tip } = of;
  const gone = goneCoins(of.coins, await source.coins(account.address));
  if (gone.length === 0) return;
  // After the node was asked: a payment of ours is on record before it is sent.
  const spent = spentBy(await ownPayments(facts.chain, context.db));
  for (const coin of gone) {
    if (spent.has(outpointText(coin))) continue;
    // A reorganisation takes a coin by undoing what made it; that is no outflow.
    const made = await source.transaction(coin.txid);
    if (!made?.block) continue;
    if (tip.height - made.block.height + 1 < (facts.confirmations ?? Infinity)) continue;
    await noteOutflow(
      {
        vault: account.vault,
        txid: outpointText(coin),
        asset,
        amount: coin.amount,
        slot: BigInt(tip.height),
      },
      context,
    );
  }
}

async function accountsOn(
  chain: string,
  db: Database,
): Promise<(Account & { owner: string | null; branch: string })[]> {
  const rows = await db.vaultAccount.findMany({
    where: { vault: { chain } },
    include: { vault: { select: { id: true, name: true, chain: true } } },
    take: 2 * rowsMax,
  });
  return rows.map(({ address, vault, clientId: owner, branch }) => ({
    address,
    vault,
    owner,
    branch,
  }));
}

/** Coins that no payment of ours has spent, by the address they should lie at. */
async function coinsOnRecord(
  accounts: readonly (Account & { owner: string | null; branch: string })[],
  chain: string,
  db: Database,
): Promise<ReadonlyMap<string, KnownCoin[]>> {
  const payments = await ownPayments(chain, db);
  const spent = spentBy(payments);
  const addressAt = new Map(
    accounts.map(({ address }) => [addressScript(address, chain), address]),
  );
  const receiving = new Map(
    accounts
      .filter(({ branch }) => branch === 'receive')
      .map(({ address, vault, owner }) => [`${vault.id} ${owner ?? ''}`, address]),
  );
  const deposits = await db.deposit.findMany({
    where: { chain, reversal: null, blockHash: { not: null } },
    orderBy: { creditedAt: 'desc' },
    take: rowsMax,
  });
  const found = new Map<string, KnownCoin[]>();
  const add = (address: string | undefined, coin: KnownCoin): void => {
    if (address === undefined || spent.has(outpointText(coin))) return;
    found.set(address, [...(found.get(address) ?? []), coin]);
  };
  for (const { txid, place, vaultId, clientId, amount } of deposits)
    add(receiving.get(`${vaultId} ${clientId ?? ''}`), {
      txid,
      vout: Number(place),
      amount: unitsOf(amount),
    });
  for (const { txid, outputs } of payments)
    for (const [vout, { amount, script }] of outputs.entries())
      add(addressAt.get(script), { txid, vout, amount });
  return found;
}

type Payment = ReturnType<typeof readTransaction>;

/** Payments of ours that ran or may run yet, by their bytes; one that failed explains nothing. */
async function ownPayments(chain: string, db: Database): Promise<Payment[]> {
  const rows = await db.chainTransaction.findMany({
    where: { chain, raw: { not: null }, phase: { not: 'failed' } },
    orderBy: { createdAt: 'desc' },
    select: { raw: true },
    take: rowsMax,
  });
  return rows.flatMap(({ raw }) => (raw === null ? [] : [readTransaction(raw)]));
}

const spentBy = (payments: readonly Payment[]): ReadonlySet<string> =>
  new Set(payments.flatMap(({ inputs }) => inputs.map(outpointText)));
