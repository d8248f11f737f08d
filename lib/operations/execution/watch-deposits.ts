/** Credits what arrives in the vaults, once and only when the chain can't undo it any more. */
import { chainsOfFamily } from '#lib/chains/registry.ts';
import { creditDeposit } from '#lib/ledger/credit-deposit.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { IncomingTransfer } from '#lib/chains/solana/transfer-reader.ts';
import { vaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import { eachApart } from '../each-apart.ts';
import type { WorkerContext } from './worker-context.ts';

const chainAsset = 'SOL';
/** Pages read in one pass; the next goes on from there. */
const pagesMax = 10;
const clientMemo = /^(C-\d{4,10})$/;

type Vault = { id: string; address: string; chain: string };

/** Reads each vault's history from where the last pass stopped. */
export async function watchDeposits(context: WorkerContext): Promise<void> {
  const vaults = await context.db.vault.findMany({
    where: { chain: { in: chainsOfFamily('solana') } },
  });
  await eachApart(
    vaults,
    ({ id }) => `vault ${id}`,
    async (vault) => {
      for (let page = 0; page < pagesMax; page += 1) if (!(await readPage(vault, context))) return;
    },
  );
}

async function readPage(vault: Vault, context: WorkerContext): Promise<boolean> {
  const cursor = await context.db.depositCursor.findUnique({ where: { vaultId: vault.id } });
  const page = await context.solana.getTransfers(vault.address, { until: cursor?.txid ?? null });
  for (const transfer of page.transfers) await credit(vault, transfer, context);
  if (page.cursor !== null && page.cursor !== cursor?.txid)
    await context.db.depositCursor.upsert({
      where: { vaultId: vault.id },
      create: { vaultId: vault.id, txid: page.cursor, updatedAt: context.clock() },
      update: { txid: page.cursor, updatedAt: context.clock() },
    });
  return page.more;
}

/**
 * What another vault sent is nobody's deposit: its operation books it. The id of a transaction of ours
 * is on record before it is sent, so it is known here whoever sees it first.
 */
async function isOwnTransfer(vault: Vault, txid: string, { db }: WorkerContext): Promise<boolean> {
  const sent = await db.chainTransaction.findUnique({
    where: { txid },
    select: { operation: { select: { kind: true, intent: true } } },
  });
  if (sent?.operation.kind !== 'vault-transfer') return false;
  const intent = vaultTransferIntent.parse(JSON.parse(sent.operation.intent));
  return intent.destination.vault === vault.id;
}

/** The memo names the client; anything else goes to suspense, for a person to attribute. */
async function credit(
  vault: Vault,
  transfer: IncomingTransfer,
  context: WorkerContext,
): Promise<void> {
  const key = { chain: vault.chain, txid: transfer.transactionId, vaultId: vault.id };
  if (await context.db.deposit.findFirst({ where: key })) return;
  if (await isOwnTransfer(vault, transfer.transactionId, context)) return;
  const named = clientMemo.exec(transfer.memo ?? '')?.[1] ?? null;
  const client =
    named === null ? null : await context.db.client.findUnique({ where: { id: named } });
  const now = context.clock();
  await inTransaction(context.db, async (tx) => {
    const credited = await creditDeposit(tx, {
      chain: vault.chain,
      txid: transfer.transactionId,
      vault: vault.id,
      client: client?.id ?? null,
      asset: chainAsset,
      amount: transfer.lamports,
    });
    if (!credited.ok)
      throw new Error(`Crediting ${transfer.transactionId} was refused: ${credited.refusal.code}`);
    await tx.deposit.create({
      data: {
        ...key,
        asset: chainAsset,
        amount: transfer.lamports.toString(),
        clientId: client?.id ?? null,
        fromAddr: transfer.from,
        slot: transfer.slot,
        journalId: credited.value.journal,
        creditedAt: now,
      },
    });
    await appendAudit(tx, {
      kind: 'deposit-credited',
      subject: vault.id,
      actor: 'worker',
      at: now,
      facts: {
        txid: transfer.transactionId,
        amount: transfer.lamports.toString(),
        client: client?.id ?? null,
      },
    });
    await publish(tx, { topic: 'ledger', id: vault.id });
  });
}
