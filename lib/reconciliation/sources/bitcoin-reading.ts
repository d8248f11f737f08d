/**
 * A vault on Bitcoin as the chain tells of it: the coins of all its addresses in blocks as deep as the chain asks,
 * and what each transaction up to there did to them. A node shows what an address received and not what it
 * spent, so payments are known by their change or by our own records; what neither tells of moves the balance alone.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { addressScript } from '#lib/chains/bitcoin/client/account-script.ts';
import { askOnce, inBatches } from '#lib/chains/bitcoin/client/checked.ts';
import { wholeHistory } from '#lib/chains/bitcoin/client/compared.ts';
import type { BitcoinSource, BlockRef, Utxo } from '#lib/chains/bitcoin/client/source.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import type { Item } from '../matching/item.ts';
import { heightAfter, markOf } from './block-mark.ts';
import { linesOf, outpointText, type MovementLine } from './bitcoin-movement.ts';
import { itemsMax, type OutsideReading, type Since, type SourceRefusal } from './outside-source.ts';
import { stillUnderWay } from './still-under-way.ts';
import { vaultAddresses } from './vault-addresses.ts';

type Needs = Pick<Context, 'db' | 'clock'> & { bitcoin: BitcoinSource };
type Vault = { id: string; address: string; chain: string };

/** The watcher of deposits may be a moment behind, and the chain may move while it is read. */
const looksMax = 6;
const lookAgainMs = 400;

/** @throws BitcoinNodeError, EndpointsDiffer */
export async function readBitcoin(
  vault: Vault,
  since: Since,
  needs: Needs,
): Promise<Result<OutsideReading, SourceRefusal>> {
  for (let look = 1; ; look += 1) {
    const read = await readOnce(vault, since, needs);
    if (read === null) {
      if (look === looksMax)
        return refuse(
          'source-unreachable',
          'The chain kept changing while it was read. Run it again.',
        );
    } else if (
      !read.ok ||
      look === looksMax ||
      !read.value.items.some(({ underWay }) => underWay)
    ) {
      return read;
    }
    await pause(lookAgainMs);
  }
}

/** @returns null when the block that everything was read at is gone by the end. */
async function readOnce(
  vault: Vault,
  since: Since,
  needs: Needs,
): Promise<Result<OutsideReading, SourceRefusal> | null> {
  const { db, bitcoin, clock } = needs;
  const cut = await cutOf(vault.chain, bitcoin);
  if (!cut) return null;
  const addresses = await vaultAddresses(db, vault);
  const held = await inBatches(addresses, async (address) => ({
    address,
    ...(await bitcoin.coins(address)),
  }));
  const capped = held.find(({ isWhole }) => !isWhole);
  if (capped)
    return refuse(
      'too-many-coins',
      `${capped.address} has more coins than a node gives out, so what lies there can’t be added up. Bring them together by a transfer within its account first.`,
    );
  const coins = held.flatMap((one) => one.coins);
  const from = heightAfter(since.mark);
  const seen = await movementsOf(vault, { addresses, from, coins, cut }, needs);
  if (seen.lines.length > itemsMax)
    return refuse(
      'too-many-items',
      `More than ${itemsMax} movements came since the last run. Ask for a longer limit before you go on.`,
    );
  if ((await bitcoin.blockHash(cut.height)) !== cut.hash) return null;
  const deep = coins.filter(({ block }) => block !== null && block.height <= cut.height);
  return ok({
    source: vault.chain,
    position: String(cut.height),
    balance: deep.reduce((total, { amount }) => total + amount, seen.leaving),
    items: await itemsOf(vault, seen.lines, { since, at: clock().toISOString() }, db),
    // Of a node that is behind nothing is known above.
    mark: cut.height < from ? since.mark : markOf(cut),
  });
}

/** The newest block that counts as final. */
async function cutOf(chain: string, bitcoin: BitcoinSource): Promise<BlockRef | null> {
  const tip = await bitcoin.tip();
  const height = Math.max(0, tip.height - (chainFacts(chain).confirmations ?? 1) + 1);
  const hash = await bitcoin.blockHash(height);
  return hash === null ? null : { height, hash };
}

type Line = MovementLine & { txid: string };

/** What happened up to the cut, and the part of what lay there at it that is on its way out since. */
async function movementsOf(
  vault: Vault,
  of: { addresses: readonly string[]; from: number; coins: readonly Utxo[]; cut: BlockRef },
  { db, bitcoin }: Needs,
): Promise<{ lines: Line[]; leaving: bigint }> {
  const { addresses, from, coins, cut } = of;
  const scripts = new Set(addresses.map((address) => addressScript(address, vault.chain)));
  const unspent = new Set(coins.map(outpointText));
  const histories = await inBatches(addresses, (address) => wholeHistory(bitcoin, address, from));
  const known = askOnce((txid) => bitcoin.transaction(txid));
  // After the coins were read: what was sent in between is among them.
  const sent = await sentFrom(vault, from, db);
  const lines: Line[] = [];
  // By coin: a node may still tell of a payment whose place another has taken.
  const leaving = new Map<string, bigint>();
  for (const txid of new Set([...histories.flat().map((entry) => entry.txid), ...sent])) {
    const found = await known(txid);
    if (!found || (found.block !== null && found.block.height < from)) continue;
    const { transaction, block } = found;
    if (transaction.isCoinbase && (block === null || block.height > cut.height)) continue;
    const inputs = transaction.isCoinbase ? [] : transaction.inputs;
    const spent = await inBatches(inputs, async (input) => {
      const previous = await known(input.txid);
      const output = previous?.transaction.outputs[input.vout];
      return {
        amount: output?.amount ?? 0n,
        isOurs: output !== undefined && scripts.has(output.script),
        wasDeep: (previous?.block?.height ?? Infinity) <= cut.height,
        outpoint: outpointText(input),
      };
    });
    if (block !== null && block.height <= cut.height)
      lines.push(
        ...linesOf({ ...transaction, inputs }, spent, scripts).map((line) => ({ txid, ...line })),
      );
    else
      for (const { isOurs, wasDeep, outpoint, amount } of spent)
        if (isOurs && wasDeep && !unspent.has(outpoint)) leaving.set(outpoint, amount);
  }
  return { lines, leaving: [...leaving.values()].reduce((total, amount) => total + amount, 0n) };
}

/** Ids of our own payments that may lie at a height or above; what was superseded never ran. */
async function sentFrom({ id, chain }: Vault, from: number, db: Database): Promise<string[]> {
  const rows = await db.chainTransaction.findMany({
    where: {
      chain,
      txid: { not: null },
      phase: { not: 'failed' },
      operation: { vaultId: id },
      OR: [{ slot: null }, { slot: { gte: BigInt(from) } }],
    },
    select: { txid: true },
    take: itemsMax,
  });
  return rows.flatMap(({ txid }) => txid ?? []);
}

async function itemsOf(
  vault: Vault,
  lines: readonly Line[],
  { since, at }: { since: Since; at: string },
  db: Database,
): Promise<Item[]> {
  const found = lines.map(({ txid, place, amount }): Item => ({
    ref: `${txid}:${place}`,
    transaction: txid,
    reference: null,
    amount: amount.toString(),
    at,
    corrects: null,
    position: null,
    underWay: false,
  }));
  return stillUnderWay(vault, { open: since.open, found }, db);
}
