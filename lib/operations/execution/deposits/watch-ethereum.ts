/**
 * Deposits on Ethereum: blocks are read one after the other, each the child of the one before. Where the
 * chain took another way, what its lost blocks held is taken back and reading goes on behind the last one
 * that both have.
 */
import type { ChainFacts } from '#lib/chains/chain-facts.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { expectedTokens } from '#lib/chains/ethereum/expected-token.ts';
import { creditedAbove } from '#lib/ledger/deposits/credited-above.ts';
import type { DepositName } from '#lib/ledger/deposits/deposit-name.ts';
import type { SeenDeposit } from '#lib/ledger/deposits/see-deposit.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { endTokenHold, holdAsset } from '../../asset-hold.ts';
import { findTwinOf } from '../chains/ethereum-twin.ts';
import { isOurs, noteOutflow } from '../note-outflow.ts';
import { eachApart } from '../../each-apart.ts';
import type { WorkerContext } from '../worker-context.ts';
import { ownAccountsOn, type OwnAccount } from './own-accounts.ts';
import { forgetAbove, forgetBelow, isReached, takeBlock, type Mark } from './known-blocks.ts';
import { decisionToReadAnew, findGround, standOn } from './read-anew.ts';
import {
  credit,
  holdChain,
  isOwnTransfer,
  isTransferInto,
  reverse,
  seeIn,
} from './take-deposit.ts';

/** Blocks read in one pass; the next goes on from there. */
const blocksMax = 50;
/** Blocks on record behind the final one. */
const keptBehind = 8n;

type Block = NonNullable<Awaited<ReturnType<EthereumClient['scanBlock']>>>;

export async function watchEthereum(
  facts: ChainFacts,
  node: EthereumClient,
  context: WorkerContext,
): Promise<void> {
  const { chain } = facts;
  const { db } = context;
  const tip = await node.blockNumber();
  const final = await node.getBlock('finalized');
  if (!final) throw new Error('The node says of no block that it is final.');
  const accounts = new Map(
    (await ownAccountsOn(db, chain)).map((account) => [account.address, account]),
  );
  const tokens = facts.assets.flatMap(({ token }) => (token === null ? [] : [token]));
  let next = await nextBlock(facts, node, { final: final.number }, context);
  if (next <= tip) await checkTokens(facts, node, context);
  for (let read = 0; read < blocksMax && next <= tip; read += 1) {
    const block = await node.scanBlock(next, { accounts: new Set(accounts.keys()), tokens });
    if (!block) break;
    // A node that changes its mind between two questions is asked again in the next pass.
    if (!(await readBlock(facts, block, accounts, context))) break;
    next += 1n;
  }
  await creditFinal(facts, { final: final.number, tip, read: next - 1n }, context);
  // Never what was read last, however far the chain has come meanwhile: reading goes on behind it.
  const last = next - 1n < final.number ? next - 1n : final.number;
  await forgetBelow({ chain, height: last - keptBehind }, db);
}

/**
 * Behind the newest block on record that the chain still has; what lost blocks held is taken back. They are struck off
 * first, and whatever stands above what is left is taken back in every pass: where a worker ended in the middle the next
 * one ends it, and what comes back meanwhile is read again.
 */
async function nextBlock(
  { chain }: ChainFacts,
  node: EthereumClient,
  { final }: { final: bigint },
  context: WorkerContext,
): Promise<bigint> {
  const { db } = context;
  const known = await db.chainBlock.findMany({
    where: { chain },
    orderBy: { height: 'desc' },
    take: 500,
  });
  const [newest] = known;
  // No key of ours is older than the first look.
  if (!newest) return final;
  const found = await node.findKept(known.map(({ height, hash }) => ({ number: height, hash })));
  if (!found) {
    const ground = await readAnew(chain, node, final, context);
    if (ground !== null) return ground + 1n;
    await holdChain(chain, 'known-blocks-gone', context);
    throw new Error(
      'The chain has none of the blocks that were read before: a reorganisation deeper than what counts as final.',
    );
  }
  const kept = { height: found.number, hash: found.hash };
  if (kept.height < newest.height) await forgetAbove({ chain, kept, newest }, db);
  await undoAbove(chain, kept.height, context);
  return kept.height + 1n;
}

/**
 * Where the chain has lost everything that was read last and two people had it read anew: the newest block of a deposit
 * that is still there. What lay above is taken back, and read again where the chain has it. Without any deposit nothing
 * that was booked can be wrong, and reading begins below what was read.
 * @returns its number; null where nobody decided that.
 * @throws Error where the chain has none of the deposits' blocks: nobody can say then from where it is another one.
 */
async function readAnew(
  chain: string,
  node: EthereumClient,
  final: bigint,
  context: WorkerContext,
): Promise<bigint | null> {
  const { db } = context;
  const decision = await decisionToReadAnew(chain, context);
  if (decision === null) return null;
  const found = await findGround({ chain, db }, async (marks) => {
    const mark = await node.findKept(marks.map(({ height, hash }) => ({ number: height, hash })));
    return mark && { height: mark.number, hash: mark.hash };
  });
  const ground = found ?? (await firstGround(chain, node, final, db));
  await standOn({ chain, ground, decision }, context);
  await undoAbove(chain, ground.height, context);
  return ground.height;
}

/** Below all that was read of the lost blocks or waits in one, so that none of it is credited by its height alone. */
async function firstGround(
  chain: string,
  node: EthereumClient,
  final: bigint,
  db: Database,
): Promise<Mark> {
  const booked = await db.deposit.count({ where: { chain, reversal: null } });
  if (booked > 0)
    throw new Error(
      'The chain has the block of no deposit that was booked; it may be another one.',
    );
  const [waiting, read] = await Promise.all([
    db.depositPending.aggregate({ where: { chain }, _min: { slot: true } }),
    db.chainBlock.aggregate({ where: { chain }, _min: { height: true } }),
  ]);
  const height = [waiting._min.slot, read._min.height].reduce<bigint>(
    (least, one) => (one !== null && one > 0n && one <= least ? one - 1n : least),
    final,
  );
  const block = await node.getBlock(height);
  if (!block) throw new Error(`The node has no block ${height}.`);
  return { height: block.number, hash: block.hash };
}

/**
 * What lies no higher than a block that another worker has put on record meanwhile stays: it went on from there only with
 * nothing left to take back, and may have forgotten the deposit's own block as final since.
 */
async function undoAbove(chain: string, height: bigint, context: WorkerContext): Promise<void> {
  const { db } = context;
  const pending = await db.depositPending.findMany({ where: { chain, slot: { gt: height } } });
  const gone = [
    ...pending.map(({ txid, vaultId: vault, place, slot, blockHash }) => ({
      name: { chain, txid, vault, place },
      block: { height: slot, hash: blockHash },
    })),
    ...(await creditedAbove(db, { chain, height })).map(({ txid, vault, place, ...of }) => ({
      name: { chain, txid, vault, place },
      block: { height: of.height, hash: of.blockHash },
    })),
  ];
  // One that can't be taken back keeps none of the others from it.
  await eachApart(
    gone,
    ({ name }) => `deposit ${name.txid}`,
    ({ name, block }) => reverse(context, name, block, isReached),
  );
}

/** @returns false where it does not follow on the block that was read last. */
async function readBlock(
  facts: ChainFacts,
  block: Block,
  accounts: ReadonlyMap<string, OwnAccount>,
  context: WorkerContext,
): Promise<boolean> {
  const { chain, assets } = facts;
  await noteOutflows(facts, block, accounts, context);
  const at = context.clock();
  const arrived: SeenDeposit[] = [];
  for (const movement of block.movements) {
    const account = accounts.get(movement.to);
    const asset = assets.find(({ token }) => token === movement.token)?.asset;
    if (!account || asset === undefined || movement.amount === 0n) continue;
    const place = movement.logIndex === null ? 'value' : String(movement.logIndex);
    const name: DepositName = { chain, txid: movement.hash, vault: account.vault, place };
    if (await isOwnTransfer(context, name)) continue;
    // Under another signature of the parties it is on record only once its operation is settled.
    const { hash: by, from } = movement;
    const twinOf = accounts.has(from)
      ? await findTwinOf({ by, account: from, chain }, context)
      : null;
    if (twinOf && isTransferInto(account.vault, twinOf)) continue;
    arrived.push({
      ...name,
      client: account.owner,
      asset,
      amount: movement.amount,
      from,
      height: block.number,
      blockHash: block.hash,
      at,
    });
  }
  const bring = async (tx: Tx): Promise<void> => {
    for (const seen of arrived) await seeIn(tx, seen);
  };
  return takeBlock({ chain, ...block }, bring, context);
}

/**
 * What an account of ours sent by a transaction that is not on record. It takes the account's key, so nobody waits
 * for the block to be final. One line for each transaction: the token that it moved, or else ether.
 */
async function noteOutflows(
  { chain, assets, feeAsset }: ChainFacts,
  block: Block,
  accounts: ReadonlyMap<string, OwnAccount>,
  context: WorkerContext,
): Promise<void> {
  const sent = block.movements
    .filter(({ from, amount, fee }) => accounts.has(from) && amount + fee > 0n)
    .toSorted((one, other) => Number(one.token === null) - Number(other.token === null));
  for (const { hash, from, token, amount, fee } of sent) {
    const id = accounts.get(from)?.vault ?? '';
    if (await isOurs({ id }, hash, context)) continue;
    // The parties may have signed the same bytes twice; settling its operation puts this one on record.
    if (await findTwinOf({ by: hash, account: from, chain }, context)) continue;
    const vault = await context.db.vault.findUniqueOrThrow({ where: { id } });
    const asset = assets.find((entry) => entry.token === token)?.asset ?? feeAsset;
    const left = token === null ? amount + fee : amount;
    await noteOutflow({ vault, txid: hash, asset, amount: left, slot: block.number }, context);
  }
}

/**
 * A token whose contract is not what our data say is neither counted nor passed over: it is held, and every block waits
 * until a person has looked. Asked before blocks are read, so also before anything is, at a start.
 * @throws Error that names the token.
 */
async function checkTokens(
  facts: ChainFacts,
  node: EthereumClient,
  { db, clock }: WorkerContext,
): Promise<void> {
  const { chain } = facts;
  for (const { asset, token, expected } of expectedTokens(facts)) {
    const checked = await node.checkToken(token, expected);
    if (checked.ok) {
      await inTransaction(db, (tx) => endTokenHold(tx, { chain, asset }, clock()));
      continue;
    }
    const hold = { chain, asset, reason: 'token-differs', detail: checked.fault } as const;
    await inTransaction(db, (tx) => holdAsset(tx, hold, clock()));
    throw new Error(`The contract of ${asset} is not what our data say: ${checked.fault}.`);
  }
}

/**
 * By depth where the registry counts it, else when the chain calls the block final.
 * @param read height up to which the blocks on record are the chain's: above, one that is final by its height may lie in a
 * block that the chain has lost.
 */
async function creditFinal(
  { chain, confirmations }: ChainFacts,
  { final, tip, read }: { final: bigint; tip: bigint; read: bigint },
  context: WorkerContext,
): Promise<void> {
  const due = confirmations === null ? final : tip - BigInt(confirmations) + 1n;
  const deepest = due < read ? due : read;
  const waiting = await context.db.depositPending.findMany({
    where: { chain, slot: { lte: deepest } },
    orderBy: [{ slot: 'asc' }, { txid: 'asc' }, { place: 'asc' }],
    take: 1_000,
  });
  // One that can't be credited keeps none of the others from it.
  await eachApart(
    waiting,
    ({ txid }) => `deposit ${txid}`,
    ({ txid, vaultId: vault, place }) => credit(context, { chain, txid, vault, place }),
  );
}
