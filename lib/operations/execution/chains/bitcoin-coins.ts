/** What an owner's account has to spend: coins in blocks that no other operation has set aside. */
import { hexToBytes } from '@noble/hashes/utils.js';
import type { BitcoinContext } from '#lib/chains/bitcoin/context.ts';
import { addressOf } from '#lib/chains/bitcoin/address.ts';
import type { AccountCoin } from '#lib/chains/bitcoin/build.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { conflictKeyOf, type Outpoint } from '#lib/chains/bitcoin/conflict-key.ts';
import { readTransaction } from '#lib/chains/bitcoin/client/raw-transaction.ts';
import type { BitcoinSource, Utxo } from '#lib/chains/bitcoin/client/source.ts';
import type { Owner } from '#lib/chains/account-context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { intent as intentSchema, movesCoins } from '#lib/protocol/intent.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';

/** Bitcoin lets nobody spend what a block paid to its maker before so many are on top. */
const MATURITY = 100;
/** An account with more coins than this spends the largest; asking for more takes too long. */
const coinsMax = 200;

/** Operations in the way that people are told of. */
const namedMax = 5;

const branches = ['receive', 'change'] as const;

/**
 * Coins deep enough in blocks, the largest first, each with the transaction that made it where the parties need it.
 * What waits for a block is left out: it may be replaced, and a payment that spends it with it.
 * @throws BitcoinNodeError
 */
export async function findCoins(
  source: BitcoinSource,
  account: BitcoinContext,
): Promise<AccountCoin[]> {
  const tip = await source.tip();
  const { confirmations } = chainFacts(account.chain);
  // As deep as what is credited, change too: what made it may be undone, or replaced by one that pays more, and then
  // an operation would be tied for good to a coin that never is.
  const depthFor = ({ isCoinbase }: Utxo): number =>
    isCoinbase ? MATURITY : (confirmations ?? MATURITY);
  const isUsable = (utxo: Utxo): boolean =>
    utxo.block !== null && tip.height - utxo.block.height + 1 >= depthFor(utxo);
  const found: AccountCoin[] = [];
  for (const branch of branches) {
    const publicKey = hexToBytes(account[branch].publicKey);
    const address = addressOf({ publicKey, kind: account.kind, chain: account.chain });
    for (const utxo of (await source.utxos(address)).filter(isUsable)) {
      const { txid, vout, amount } = utxo;
      found.push({ txid, vout, amount, branch, previous: null });
    }
  }
  const kept = found
    .toSorted((one, other) => (one.amount < other.amount ? 1 : one.amount > other.amount ? -1 : 0))
    .slice(0, coinsMax);
  if (account.kind === 'p2tr') return kept;
  const withPrevious: AccountCoin[] = [];
  for (const coin of kept)
    withPrevious.push({ ...coin, previous: await previousOf(source, coin.txid) });
  return withPrevious;
}

/** @throws Error where the node no longer knows it: it listed an output of it a moment ago. */
async function previousOf(source: BitcoinSource, txid: string): Promise<Uint8Array> {
  const known = await source.transaction(txid);
  if (!known) throw new Error(`The node does not know transaction ${txid} any more.`);
  return known.transaction.bytes;
}

/** Who wants to spend. */
type Taker = { chain: string; operation: string };

const leasedToOthers = (tx: Tx, coins: readonly AccountCoin[], { chain, operation }: Taker) =>
  tx.chainLease.findMany({
    where: {
      chain,
      resource: { in: coins.map((coin) => conflictKeyOf(chain, coin)) },
      operationId: { not: operation },
    },
    select: { resource: true, operationId: true },
    orderBy: [{ leasedAt: 'asc' }, { resource: 'asc' }],
  });

/** More than a vault confirms in the time by which a node is behind. */
const confirmedMax = 200;

/** What the newest confirmed payments of a vault spent, in the spelling of conflict keys. */
async function spentLately(tx: Tx, chain: string, vault: string): Promise<string[]> {
  const confirmed = await tx.chainTransaction.findMany({
    where: { chain, phase: 'confirmed', operation: { vaultId: vault } },
    orderBy: { confirmedAt: 'desc' },
    take: confirmedMax,
    select: { raw: true },
  });
  return confirmed.flatMap(({ raw }) =>
    raw === null ? [] : readTransaction(raw).inputs.map((input) => conflictKeyOf(chain, input)),
  );
}

/**
 * Those that no other operation has set aside, and that none has spent: a node that is behind still lists what a
 * payment spent that another one saw confirmed, and what is tied to such a coin can never run.
 */
export async function withoutTaken(
  tx: Tx,
  coins: readonly AccountCoin[],
  of: Taker & { vault: string },
): Promise<AccountCoin[]> {
  const taken = new Set([
    ...(await leasedToOthers(tx, coins, of)).map(({ resource }) => resource),
    ...(await spentLately(tx, of.chain, of.vault)),
  ]);
  return coins.filter((coin: Outpoint) => !taken.has(conflictKeyOf(of.chain, coin)));
}

/** Ids of the other operations that have set coins aside, the first that came before the others. */
export async function holdersOf(
  tx: Tx,
  coins: readonly AccountCoin[],
  of: Taker,
): Promise<string[]> {
  const leased = await leasedToOthers(tx, coins, of);
  return [...new Set(leased.map(({ operationId }) => operationId))].slice(0, namedMax);
}

/**
 * Ids of the other operations that move the same owner's coins out of the vault and are not over: what they leave comes
 * back as change once they are final. The first that came before the others.
 */
export async function underWay(
  tx: Tx,
  owner: Owner,
  { chain, vault, operation }: Taker & { vault: string },
): Promise<string[]> {
  const leases = await tx.chainLease.findMany({
    where: { chain, operationId: { not: operation }, operation: { vaultId: vault } },
    distinct: ['operationId'],
    select: { operationId: true, operation: { select: { intent: true } } },
    orderBy: [{ leasedAt: 'asc' }, { resource: 'asc' }],
  });
  const isOfOwner = (text: string): boolean => {
    const intent = intentSchema.parse(JSON.parse(text));
    return movesCoins(intent) && ownerOf(intent) === owner;
  };
  return leases
    .filter(({ operation: { intent } }) => isOfOwner(intent))
    .map(({ operationId }) => operationId)
    .slice(0, namedMax);
}
