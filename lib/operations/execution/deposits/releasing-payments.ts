/**
 * Bitcoin payments that shares may be out for, though no signature is on record: whoever has two shares can send
 * them. A segregated witness leaves the id to the unsigned bytes, so they are known by it all the same.
 */
import { bitcoinContextOf } from '#lib/chains/account-context.ts';
import { transactionId } from '#lib/chains/bitcoin/assemble.ts';
import type { BitcoinContext } from '#lib/chains/bitcoin/context.ts';
import { DecodeError } from '#lib/chains/decoded.ts';
import { log } from '#lib/platform/log.ts';
import { intent as intentSchema, movesCoins } from '#lib/protocol/intent.ts';
import { ownerOf } from '#lib/protocol/owner-of.ts';
import { vaultKeyOf } from '../chains/source-account.ts';
import type { WorkerContext } from '../worker-context.ts';

/** Payments of a chain that are between their first share and their signature at one time. */
const releasingMax = 200;

export type Releasing = { vault: string; kind: string; intent: string };

/**
 * By the id that each will have. One whose bytes on record are no payment of its account any more has none, so it is
 * left out and deposits of all others go on: should somebody send what its shares signed, its change is credited as a
 * deposit of its account, and the comparison of books and chain shows the shortfall.
 */
export async function releasingPayments(
  chain: string,
  { db }: Pick<WorkerContext, 'db'>,
): Promise<Map<string, Releasing>> {
  const rows = await db.chainTransaction.findMany({
    where: { chain, phase: 'releasing', txid: null },
    orderBy: { createdAt: 'desc' },
    take: releasingMax,
    select: { id: true, message: true, operation: { select: { kind: true, intent: true } } },
  });
  const found = new Map<string, Releasing>();
  for (const { id, message, operation } of rows) {
    const intent = intentSchema.parse(JSON.parse(operation.intent));
    if (!movesCoins(intent)) continue;
    const vault = await db.vault.findUniqueOrThrow({
      where: { id: intent.vault },
      include: { key: true },
    });
    const account = bitcoinContextOf(vaultKeyOf(vault), ownerOf(intent));
    const txid = idOf(message, account, id);
    if (txid !== null) found.set(txid, { vault: intent.vault, ...operation });
  }
  return found;
}

function idOf(message: Uint8Array, account: BitcoinContext, transaction: string): string | null {
  try {
    return transactionId(message, account);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    log.error(
      { transaction, err: error },
      'a payment that shares may be out for can’t be read: its change can’t be told from a deposit',
    );
    return null;
  }
}
