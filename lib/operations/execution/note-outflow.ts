/** What is written down when something left a vault that no operation here sent: a record, an incident, an alarm. */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { openIncident } from '../open-incident.ts';
import type { WorkerContext } from './worker-context.ts';

type Needs = Pick<WorkerContext, 'db' | 'clock'>;

export type Outflow = {
  vault: { id: string; name: string; chain: string };
  /**
   * The chain's transaction. Where a chain does not tell which one spent a coin, the coin itself: the transaction that
   * made it, a colon and the output's number.
   */
  txid: string;
  asset: string;
  /** Smallest unit, more than zero. */
  amount: bigint;
  /** Slot or height at which it was seen. */
  slot: bigint;
};

/** Once, however often it is told. */
export async function noteOutflow(
  { vault, txid, asset, amount, slot }: Outflow,
  context: Needs,
): Promise<void> {
  const key = { chain: vault.chain, txid, vaultId: vault.id };
  if (await context.db.outflow.findUnique({ where: { chain_txid_vaultId: key } })) return;
  const now = context.clock();
  const units = amount.toString();
  await inTransaction(context.db, async (tx) => {
    const incident = await openIncident(
      tx,
      {
        what: 'unexplained-outflow',
        title: `${asset} left vault ${vault.name} by a transaction that no operation here made`,
        openedBy: 'system',
        operations: [],
      },
      now,
    );
    await tx.outflow.create({
      data: { id: randomUUID(), ...key, asset, amount: units, slot, notedAt: now, incident },
    });
    await appendAudit(tx, {
      kind: 'unexplained-outflow',
      subject: vault.id,
      actor: 'worker',
      at: now,
      facts: { txid, amount: units, incident },
    });
    await publish(tx, { topic: 'alarms', id: vault.id });
  });
  log.error({ vault: vault.id, txid, asset, units }, 'something left a vault unexplained');
}

/** Its id is on record before a transaction of ours is sent, with the operation it belongs to. */
export async function isOurs(
  { id }: { id: string },
  txid: string,
  { db }: Pick<Needs, 'db'>,
): Promise<boolean> {
  const sent = await db.chainTransaction.findUnique({
    where: { txid },
    select: { operation: { select: { vaultId: true } } },
  });
  return sent?.operation.vaultId === id;
}
