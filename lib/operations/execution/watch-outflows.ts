/**
 * Sounds the alarm when something leaves a vault that no operation here sent. The chain is asked about
 * each vault in every round of the worker, so an outflow is noted within seconds of being final.
 */
import { chainsOfFamily } from '#lib/chains/registry.ts';
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Movement } from '#lib/chains/solana/movement-reader.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { eachApart } from '../each-apart.ts';
import { openIncident } from '../open-incident.ts';
import { readMovements } from './read-movements.ts';
import type { WorkerContext } from './worker-context.ts';

const chainAsset = 'SOL';
type Vault = { id: string; name: string; address: string; chain: string };

/** Reads each vault's history from where the last pass stopped. */
export async function watchOutflows(context: WorkerContext): Promise<void> {
  const vaults = await context.db.vault.findMany({
    where: { chain: { in: chainsOfFamily('solana') } },
  });
  await eachApart(
    vaults,
    ({ id }) => `outflows of vault ${id}`,
    (vault) =>
      readMovements({ chain: vault.chain, address: vault.address }, context, (movement) =>
        look(vault, movement, context),
      ),
  );
}

async function look(vault: Vault, movement: Movement, context: WorkerContext): Promise<void> {
  const { transactionId: txid, change, slot } = movement;
  if (change >= 0n || (await isOurs(vault, txid, context))) return;
  const key = { chain: vault.chain, txid, vaultId: vault.id };
  if (await context.db.outflow.findUnique({ where: { chain_txid_vaultId: key } })) return;
  const now = context.clock();
  const amount = (-change).toString();
  await inTransaction(context.db, async (tx) => {
    const incident = await openIncident(
      tx,
      {
        what: 'unexplained-outflow',
        title: `${chainAsset} left vault ${vault.name} by a transaction that no operation here made`,
        openedBy: 'system',
        operations: [],
      },
      now,
    );
    await tx.outflow.create({
      data: {
        id: randomUUID(),
        ...key,
        asset: chainAsset,
        amount,
        slot,
        notedAt: now,
        incident,
      },
    });
    await appendAudit(tx, {
      kind: 'unexplained-outflow',
      subject: vault.id,
      actor: 'worker',
      at: now,
      facts: { txid, amount, incident },
    });
    await publish(tx, { topic: 'alarms', id: vault.id });
  });
  log.error({ vault: vault.id, txid, lamports: amount }, 'something left a vault unexplained');
}

/** Its id is on record before a transaction of ours is sent, with the operation it belongs to. */
async function isOurs(vault: Vault, txid: string, { db }: WorkerContext): Promise<boolean> {
  const sent = await db.chainTransaction.findUnique({
    where: { txid },
    select: { operation: { select: { vaultId: true } } },
  });
  return sent?.operation.vaultId === vault.id;
}
