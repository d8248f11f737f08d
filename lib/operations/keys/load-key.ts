/** A key as far as raising something about it needs it. */
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { MpcKey } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { finalStates } from '../states.ts';
import { loadTrust, type Trust } from '../trust.ts';
import { epochInForce, loadReports, sharesOf, type HeldShare } from './key-reports.ts';
import { isKeyLife, keyLifeKinds, type KeyLifeIntent } from './key-workers.ts';

export type KeyInForce = {
  key: MpcKey;
  shares: HeldShare[];
  /** As the parties said last; one that differs refuses. */
  epoch: number;
  trust: Trust;
};

/** Open operations about keys are few: each needs three people. */
const openMax = 200;

/** The open operation about a key, by its number; two at once would stop each other. */
export async function findOpenWork(
  key: string,
  { db }: { db: Database | Tx },
): Promise<{ id: string; number: string } | null> {
  const rows = await db.operation.findMany({
    where: { kind: { in: [...keyLifeKinds] }, state: { notIn: [...finalStates] } },
    select: { id: true, number: true, intent: true, expiresAt: true },
    orderBy: { raisedAt: 'asc' },
    take: openMax,
  });
  const found = rows.find((row) => {
    const intent = intentSchema.parse(JSON.parse(row.intent));
    return isKeyLife(intent) && intent.key === key;
  });
  return found ? { id: found.id, number: found.number } : null;
}

/** Keeps keys apart from other things that are locked by the hash of their name. */
const keyLock = 2;

/** Why nothing can be raised about a key now, or null when nothing is open for it. */
async function findBusy(key: string, db: Database | Tx): Promise<Refused<'key-busy'> | null> {
  const open = await findOpenWork(key, { db });
  return (
    open &&
    refuse(
      'key-busy',
      `${open.number} is open for this key. Finish or cancel it before you raise another.`,
    )
  );
}

/**
 * Looks again in the transaction that raises: two who raise for one key do it one after the other,
 * and the second finds what the first has raised.
 */
export async function claimKey(tx: Tx, { key }: KeyLifeIntent): Promise<Result<null>> {
  await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${key}, ${keyLock}))`;
  return (await findBusy(key, tx)) ?? ok(null);
}

export async function loadKey(id: string, context: Context): Promise<Result<KeyInForce>> {
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const key = await context.db.mpcKey.findUnique({ where: { id } });
  if (!key) return refuse('key-unknown', 'There is no such key. Choose one of the key register.');
  const busy = await findBusy(id, context.db);
  if (busy) return busy;
  const shares = sharesOf(id, key.parties, await loadReports(context.db));
  const epoch = epochInForce(shares);
  if (epoch === null)
    return refuse(
      'key-epoch-unknown',
      'No party of this key has said which epoch is in force. Wait until one answers, and try again.',
    );
  return ok({ key, shares, epoch, trust });
}
