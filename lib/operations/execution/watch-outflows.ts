/**
 * Sounds the alarm when something leaves a vault that no operation here sent. The chain is asked about
 * each vault in every round of the worker, so an outflow is noted within seconds of being final.
 */
import { randomUUID } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Movement } from '#lib/chains/solana/movement-reader.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { eachApart } from '../each-apart.ts';
import { openIncident } from '../open-incident.ts';
import type { WorkerContext } from './worker-context.ts';

const chainAsset = 'SOL';
/** Pages read in one pass; the next goes on from there. */
const pagesMax = 10;

type Vault = { id: string; name: string; address: string; chain: string };

/** Reads each vault's history from where the last pass stopped. */
export async function watchOutflows(context: WorkerContext): Promise<void> {
  const vaults = await context.db.vault.findMany({ where: { chain: { startsWith: 'solana:' } } });
  await eachApart(
    vaults,
    ({ id }) => `outflows of vault ${id}`,
    async (vault) => {
      for (let page = 0; page < pagesMax; page += 1) if (!(await readPage(vault, context))) return;
    },
  );
}

async function readPage(vault: Vault, context: WorkerContext): Promise<boolean> {
  const key = { chain: vault.chain, address: vault.address };
  const where = { chain_address: key };
  const cursor = await context.db.ownCursor.findUnique({ where });
  const page = await context.solana.getMovements(vault.address, { until: cursor?.txid ?? null });
  for (const movement of page.found) await look(vault, movement, context);
  if (page.cursor !== null && page.cursor !== cursor?.txid) {
    const mark = { txid: page.cursor, updatedAt: context.clock() };
    await context.db.ownCursor.upsert({ where, create: { ...key, ...mark }, update: mark });
  }
  return page.more;
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
