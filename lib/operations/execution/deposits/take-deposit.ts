/** What the watchers of deposits write down: seen, credited when it is deep enough, taken back when it is gone. */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { chainFacts } from '#lib/chains/registry.ts';
import { creditSeen } from '#lib/ledger/deposits/credit-seen.ts';
import type { DepositName } from '#lib/ledger/deposits/deposit-name.ts';
import { findAlive } from '#lib/ledger/deposits/find-alive.ts';
import { reverseDeposit } from '#lib/ledger/deposits/reverse-deposit.ts';
import { seeDeposit, type SeenDeposit } from '#lib/ledger/deposits/see-deposit.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { vaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import { holdAsset, lockHold } from '../../asset-hold.ts';
import { openIncident } from '../../open-incident.ts';
import type { WorkerContext } from '../worker-context.ts';
import { isKnownBlock, lockBlocks, type Mark } from './known-blocks.ts';

type Needs = Pick<WorkerContext, 'db' | 'clock'>;

/**
 * What another vault sent is nobody's deposit: its operation books it. The id of a transaction of ours
 * is on record before it is sent, so it is known here whoever sees it first.
 */
export async function isOwnTransfer(
  { db }: Pick<Needs, 'db'>,
  { txid, vault }: Pick<DepositName, 'txid' | 'vault'>,
): Promise<boolean> {
  const sent = await db.chainTransaction.findUnique({
    where: { txid },
    select: { operation: { select: { kind: true, intent: true } } },
  });
  return sent !== null && isTransferInto(vault, sent.operation);
}

/** Whether an operation moves coins into a vault from another one. */
export function isTransferInto(vault: string, of: { kind: string; intent: string }): boolean {
  if (of.kind !== 'vault-transfer') return false;
  return vaultTransferIntent.parse(JSON.parse(of.intent)).destination.vault === vault;
}

/** @throws where it is on record with other content: the chain's own ids commit to it. */
export async function seeIn(tx: Tx, seen: SeenDeposit): Promise<void> {
  const taken = await seeDeposit(tx, seen);
  if (!taken.ok) throw new Error(taken.refusal.sentence);
  if (taken.value.isNew) await publish(tx, { topic: 'ledger', id: seen.vault });
}

/** The same in a transaction of its own. */
export async function see(context: Needs, seen: Omit<SeenDeposit, 'at'>): Promise<void> {
  const at = context.clock();
  await inTransaction(context.db, (tx) => seeIn(tx, { ...seen, at }));
}

/** Books it to whoever's address it came to. */
export async function credit(context: Needs, name: DepositName): Promise<void> {
  const at = context.clock();
  await inTransaction(context.db, async (tx) => {
    const credited = await creditSeen(tx, name, at);
    if (!credited.ok) throw new Error(`Crediting ${name.txid}: ${credited.refusal.sentence}`);
    if (!credited.value.isNew) return;
    const { journal, madeGood } = credited.value;
    await note(tx, 'deposit-credited', name, { journal, madeGood }, at);
  });
}

/** Everything on a chain that took back what counted as final stands still, until people have looked. */
export const holdChain = (chain: string, detail: string, { db, clock }: Needs): Promise<string> =>
  inTransaction(db, (tx) =>
    holdAsset(tx, { chain, asset: null, reason: 'chain-reorganised', detail }, clock()),
  );

/**
 * Takes it back. One that was credited was as deep as its chain asks, so the chain is held. What its client has spent
 * or holds meanwhile is missing then, and somebody has to answer for that. One that another worker has seen in another
 * block since, or whose block it has read again, stays.
 * @param block that is gone.
 * @param stays whether the blocks on record say by now that it is not gone; asked under their lock. `isReached` where
 * every block is read and those that are final are forgotten.
 */
export async function reverse(
  context: Needs,
  name: DepositName,
  block: Mark,
  stays: typeof isKnownBlock = isKnownBlock,
): Promise<void> {
  const { chain } = name;
  const { clock } = context;
  await inTransaction(context.db, async (tx) => {
    await lockBlocks(tx, chain);
    if (await stays(tx, { chain, ...block })) return;
    const alive = await findAlive(tx, name);
    if (alive?.height !== block.height || alive.blockHash !== block.hash) return;
    const detail = 'credited-deposit-gone';
    const hold = { chain, asset: null, reason: 'chain-reorganised', detail } as const;
    // Before anything is booked, so that no word about the chain falls in between, and before the log, as whoever decides
    // about it does: neither waits for the other then.
    if (alive.journal !== null) await lockHold(tx, hold);
    const undone = await reverseDeposit(tx, name, clock);
    if (!undone.ok) throw new Error(`Reversing ${name.txid}: ${undone.refusal.sentence}`);
    if (undone.value.was === 'pending') return publish(tx, { topic: 'ledger', id: name.vault });
    const { journal, taken, missing, asset } = undone.value;
    const at = clock();
    await note(tx, 'deposit-reversed', name, { journal, taken, missing }, at);
    await holdAsset(tx, hold, at);
    if (missing === 0n) return;
    const title = `${chainFacts(chain).name} took back a deposit of ${asset} that its client had used already`;
    const incident = {
      what: 'deposit-reversed',
      title,
      openedBy: 'system',
      operations: [],
    } as const;
    await openIncident(tx, incident, at);
  });
}

async function note(
  tx: Tx,
  kind: 'deposit-credited' | 'deposit-reversed',
  { txid, vault, place = '' }: DepositName,
  amounts: Readonly<Record<string, bigint>>,
  at: Date,
): Promise<void> {
  const facts = Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, amount.toString()]),
  );
  await appendAudit(tx, {
    kind,
    subject: vault,
    actor: 'worker',
    at,
    facts: { txid, place, ...facts },
  });
  await publish(tx, { topic: 'ledger', id: vault });
}
