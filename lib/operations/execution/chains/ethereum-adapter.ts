/** Ethereum: a transfer of the owner's account, tied to the account's next number, its fee paid by the account. */
import { addressOfOwner, decodeForOwner, type VaultKey } from '#lib/chains/account-context.ts';
import { assetFacts } from '#lib/chains/assets.ts';
import type { EthereumClient } from '#lib/chains/ethereum/client/client.ts';
import { assemble as assembleTransfer } from '#lib/chains/ethereum/assemble.ts';
import { buildTransfer, transferCall } from '#lib/chains/ethereum/build.ts';
import { conflictKeyOf, nonceOfConflictKey } from '#lib/chains/ethereum/conflict-key.ts';
import {
  boundPerGas,
  chooseFees,
  replacementFees,
  type GasPrice,
} from '#lib/chains/ethereum/fees.ts';
import { chooseGasLimit } from '#lib/chains/ethereum/gas-limit.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import type { Stop } from '../../change-state.ts';
import type { OperationRow } from '../../load-standing.ts';
import type { WaitReason } from '../../progress/wait.ts';
import type { WorkerContext } from '../worker-context.ts';
import type {
  Assembled,
  ChainAdapter,
  Fate,
  Prepared,
  Sent,
  SignedParts,
  TransactionRow,
} from './chain-adapter.ts';
import { signedTwin } from './ethereum-twin.ts';
import { isStill } from '../is-still.ts';
import { giveBackUnused, hasLeases, leasesOf, releaseLeases } from './leases.ts';
import { loadVaultKey, vaultKeyOf } from './source-account.ts';

/** Where a place in the next blocks costs more than was offered, others go first; then it is replaced. */
const outbidAfterMs = 45_000;
/** Whatever the reason, a transfer that has waited so long is offered anew. */
const replaceAfterMs = 180_000;

/** As many as a fate can be asked of at once, this one beside them. */
const siblingsMax = 40;

/** @throws where no node is configured: nothing on such a chain is raised then. */
function nodeOf({ ethereum }: WorkerContext): EthereumClient {
  if (!ethereum) throw new Error('No Ethereum node is configured.');
  return ethereum;
}

type Transfer = { token: string | null; to: string; amount: bigint };

function transferOf(intent: MovingIntent): Transfer {
  const entry = chainFacts(intent.chain).assets.find(({ asset }) => asset === intent.asset);
  if (!entry) throw new Error(`${intent.asset} does not live on ${intent.chain}`);
  return { token: entry.token, to: intent.destination.address, amount: BigInt(intent.amount) };
}

/** More than one account sends in the time by which a node is behind. */
const ranMax = 50;

/** Whether a transfer that ran had this number or a later one: then the node that gives it out is behind. */
async function wasUsed(tx: Tx, prefix: string, next: bigint): Promise<boolean> {
  const ran = await tx.chainTransaction.findMany({
    where: {
      conflictKey: { startsWith: prefix },
      phase: { in: ['confirmed', 'failed'] },
      slot: { not: null },
    },
    orderBy: { createdAt: 'desc' },
    take: ranMax,
    select: { conflictKey: true },
  });
  return ran.some(({ conflictKey }) => nonceOfConflictKey(conflictKey).nonce >= next);
}

/**
 * An account sends one transfer at a time: the next number is given out once the one before is in a
 * block, so no transfer ever waits behind one that is held.
 */
async function leaseNonce(
  tx: Tx,
  of: { chain: string; account: string; operation: string; next: bigint },
): Promise<{ nonce: bigint } | { nonce: null; reason: WaitReason | null }> {
  const { chain, account, operation, next } = of;
  if (!(await isStill(tx, operation, 'cosigned'))) return { nonce: null, reason: null };
  const [held] = await leasesOf(tx, operation);
  if (held) return { nonce: nonceOfConflictKey(held.resource).nonce };
  const prefix = `${chain}:nonce:${account}:`;
  const others = await tx.chainLease.findMany({
    where: { chain, resource: { startsWith: prefix } },
    select: { resource: true, operationId: true },
  });
  const busy = others.find(({ resource }) => nonceOfConflictKey(resource).nonce >= next);
  if (busy) return { nonce: null, reason: { code: 'number-taken', for: [busy.operationId] } };
  if (await wasUsed(tx, prefix, next)) return { nonce: null, reason: { code: 'node-behind' } };
  const resource = conflictKeyOf(chain, account, next);
  await tx.chainLease.createMany({
    data: [{ chain, resource, operationId: operation }],
    skipDuplicates: true,
  });
  const [taken] = await leasesOf(tx, operation);
  return taken ? { nonce: next } : { nonce: null, reason: { code: 'number-taken', for: [] } };
}

async function prepare(
  row: OperationRow,
  intent: MovingIntent,
  context: WorkerContext,
): Promise<Prepared> {
  const node = nodeOf(context);
  const { chain } = intent;
  const key = await loadVaultKey(context.db, intent.vault);
  const account = addressOfOwner(key, ownerOf(intent));
  const next = await node.getNonce(account, 'latest');
  const leased = await inTransaction(context.db, (tx) =>
    leaseNonce(tx, { chain, account, operation: row.id, next }),
  );
  if (leased.nonce === null) return { state: 'waits', reason: leased.reason };
  const { nonce } = leased;
  // A tie once made is kept: another transaction of this operation could otherwise confirm as well.
  if (row.transactions.length > 0) return { state: 'known' };
  const transfer = transferOf(intent);
  const gas = await estimate(node, account, transfer);
  if (!gas.ok) return { state: 'stopped', stop: gas.stop };
  const { gasLimit } = gas;
  const highestFee = BigInt(intent.highestFee);
  const fees = chooseFees(await node.getFeeMarket(), boundPerGas(highestFee, gasLimit));
  // A fee that passes costs nobody new statements; while they last, it is asked again. The account's other transfers
  // may pay more, and need not wait for that.
  if (!fees.ok) {
    await giveBackUnused(row.id, { release: releaseLeases }, context.db);
    return { state: 'waits', reason: { code: 'fee-above-bound' } };
  }
  const short = await findShortage(node, { account, intent, transfer, gasLimit, ...fees.price });
  if (short) return { state: 'stopped', stop: short };
  const message = buildTransfer({ chain, nonce, gasLimit, ...transfer, ...fees.price });
  const conflictKey = conflictKeyOf(chain, account, nonce);
  return { state: 'built', message, conflictKey, setAside: [conflictKey] };
}

async function estimate(
  node: EthereumClient,
  from: string,
  { token, to, amount }: Transfer,
): Promise<{ ok: true; gasLimit: bigint } | { ok: false; stop: Stop }> {
  const call =
    token === null
      ? { from, to, value: amount, data: new Uint8Array() }
      : { from, to: token, value: 0n, data: transferCall(to, amount) };
  const estimated = await node.estimateGas(call);
  if (!estimated.ok) return { ok: false, stop: wouldFail };
  const chosen = chooseGasLimit(estimated.gas, token === null ? 'ether' : 'token');
  return chosen.ok ? chosen : { ok: false, stop: doesMore };
}

const wouldFail: Stop = {
  code: 'transaction-would-fail',
  party: null,
  sentence:
    'The chain says that this transfer would be undone. Check what the account holds, and whether the token takes transfers between the two addresses.',
};

const doesMore: Stop = {
  code: 'transaction-does-more',
  party: null,
  sentence:
    'This transfer would use far more than a transfer costs: the recipient is a contract that does something of its own. Ask the client for a plain address.',
};

const ether = (units: bigint): string => `${formatAmount(units, assetFacts('ETH').decimals)} ETH`;

/** What the account lacks now, by the node; the books may know of more that has not come in. */
async function findShortage(
  node: EthereumClient,
  of: { account: string; intent: MovingIntent; transfer: Transfer; gasLimit: bigint } & GasPrice,
): Promise<Stop | null> {
  const { account, intent, transfer, gasLimit, maxFeePerGas } = of;
  const fee = gasLimit * maxFeePerGas;
  const wei = await node.getBalance(account, 'latest');
  const needed = fee + (transfer.token === null ? transfer.amount : 0n);
  if (wei < needed)
    return accountShort(`${account} holds ${ether(wei)}, and ${ether(needed)} would leave it.`);
  if (transfer.token === null) return null;
  const tokens = await node.getTokenBalance(transfer.token, account, 'latest');
  if (tokens >= transfer.amount) return null;
  const text = (units: bigint): string =>
    `${formatAmount(units, assetFacts(intent.asset).decimals)} ${intent.asset}`;
  return accountShort(
    `${account} holds ${text(tokens)}, and ${text(transfer.amount)} would leave it.`,
  );
}

const accountShort = (facts: string): Stop => ({
  code: 'account-short',
  party: null,
  sentence: `${facts} Wait for what is on its way, or cancel this and raise less.`,
});

function assemble(
  { message }: TransactionRow,
  { intent, vault, signatures }: SignedParts,
): Assembled {
  const [signature] = signatures;
  if (signatures.length !== 1 || !signature)
    throw new Error('A transfer on Ethereum has one signature of its account.');
  const key = vaultKeyOf({ chain: intent.chain, key: vault.key });
  const { raw, hash } = assembleTransfer(message, signature, addressOfOwner(key, ownerOf(intent)));
  return { ok: true, raw, txid: hash };
}

async function send(raw: Uint8Array, context: WorkerContext): Promise<Sent> {
  const sent = await nodeOf(context).sendTransaction(raw);
  switch (sent.outcome) {
    case 'accepted':
      return { outcome: 'accepted', detail: null };
    case 'refused':
      return { outcome: 'refused', detail: `${sent.refusal}: ${sent.error}` };
    case 'unknown':
      return { outcome: 'unknown', detail: sent.fault };
  }
}

async function fateOf(transaction: TransactionRow, context: WorkerContext): Promise<Fate> {
  const { txid, conflictKey, chain, createdAt, operationId } = transaction;
  if (txid === null) throw new Error('Only a signed transaction has a fate.');
  const { from, nonce } = nonceOfConflictKey(conflictKey);
  const { db } = context;
  const [seen, sent] = await Promise.all([
    db.chainBlock.findFirst({
      where: { chain, seenAt: { lt: createdAt } },
      orderBy: { height: 'desc' },
    }),
    db.chainTransaction.findMany({
      where: { operationId, id: { not: transaction.id }, txid: { not: null } },
      select: { txid: true },
      orderBy: { replacement: 'desc' },
      take: siblingsMax,
    }),
  ]);
  // All that have this number are asked for at once: a receipt of any of them says what became of all.
  const others = sent.flatMap((sibling) => (sibling.txid === null ? [] : [sibling.txid]));
  const fate = await nodeOf(context).findFate({
    account: from,
    nonce,
    hashes: [txid, ...others],
    unusedAt: seen?.height ?? 0n,
  });
  if (fate.fate === 'superseded') {
    const { by } = fate;
    const { message } = transaction;
    const twin = await signedTwin(nodeOf(context), { by, message, account: from });
    return twin ? { ...fate, twin } : fate;
  }
  if (fate.fate !== 'executed') return fate;
  if (fate.hash !== txid)
    return fate.isFinal ? { fate: 'superseded', by: fate.hash } : { fate: 'possible' };
  return {
    fate: 'ran',
    height: fate.block.number,
    isFinal: fate.isFinal,
    depth: null,
    error: fate.succeeded ? null : 'the call was undone',
    fee: fate.feePaid,
  };
}

async function replace(
  _row: OperationRow,
  { intent, previous }: { intent: MovingIntent; previous: TransactionRow },
  context: WorkerContext,
): Promise<{ message: Uint8Array; conflictKey: string } | null> {
  const waited = context.clock().getTime() - (previous.broadcastAt ?? previous.createdAt).getTime();
  if (waited < outbidAfterMs) return null;
  const node = nodeOf(context);
  const key: VaultKey = await loadVaultKey(context.db, intent.vault);
  const { details } = decodeForOwner(key, ownerOf(intent), previous.message);
  if (details.family !== 'ethereum') throw new Error('A transfer of another chain');
  const market = await node.getFeeMarket();
  const offered: GasPrice = {
    maxFeePerGas: BigInt(details.maxFeePerGas),
    maxPriorityFeePerGas: BigInt(details.maxPriorityFeePerGas),
  };
  const isOutbid = (market.baseFees.at(-1) ?? 0n) > offered.maxFeePerGas;
  if (!isOutbid && waited < replaceAfterMs) return null;
  const gasLimit = BigInt(details.gasLimit);
  const fees = replacementFees(offered, market, boundPerGas(BigInt(intent.highestFee), gasLimit));
  // It stays where it is: the network may ask less again, and the first one still counts.
  if (!fees.ok) {
    context.waits?.({ code: 'outbid' });
    return null;
  }
  const nonce = BigInt(details.nonce);
  const { chain } = intent;
  const message = buildTransfer({ chain, nonce, gasLimit, ...transferOf(intent), ...fees.price });
  return { message, conflictKey: previous.conflictKey };
}

export const ethereumAdapter: ChainAdapter = {
  prepare,
  isSetAside: hasLeases,
  findObstacle: () => null,
  assemble,
  send,
  findFate: fateOf,
  release: releaseLeases,
  replace,
};
