/** A shortfall beyond what its asset may carry: somebody has to answer for it, and other areas go on from it. */
import { openIncident } from '#lib/operations/open-incident.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { emitEvent } from '#lib/platform/db/outbox.ts';
import { isRetryable, type Tx } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { unitsText } from '../amount-text.ts';

/** Of the event that tells of one; its `incident` is null for as long as none could be opened. */
export const overLimitKind = 'break-over-limit';

export type Shortfall = {
  /** Id and number of the break. */
  id: string;
  number: string;
  kind: string;
  asset: string;
  place: string;
  cause: string;
  /** Outside less books, smallest unit. */
  amount: bigint;
};

/** Told in the run's transaction, with its incident where one can be opened. */
export async function tellOverLimit(tx: Tx, shortfall: Shortfall, at: Date): Promise<void> {
  await writeEvent(tx, shortfall, { incident: await tryIncident(tx, shortfall, at), at });
}

/** The same with an incident, or not at all: for one that was told of without. */
export async function tellWithIncident(tx: Tx, shortfall: Shortfall, at: Date): Promise<void> {
  await writeEvent(tx, shortfall, { incident: await openFor(tx, shortfall, at), at });
}

async function writeEvent(
  tx: Tx,
  { id, number, asset, place, cause, amount }: Shortfall,
  { incident, at }: { incident: string | null; at: Date },
): Promise<void> {
  await emitEvent(tx, {
    kind: overLimitKind,
    subject: id,
    at,
    facts: { number, asset, place, cause, amount: amount.toString(), incident },
  });
  await publish(tx, { topic: 'outbox', id });
}

const openFor = (
  tx: Tx,
  { number, kind, asset, place, amount }: Shortfall,
  at: Date,
): Promise<string> => {
  const missing = unitsText(amount < 0n ? -amount : amount, asset);
  const title = `${number}: ${missing} ${asset} less than the books say (${kind}, ${place}), beyond the limit`;
  return openIncident(tx, { what: overLimitKind, title, openedBy: 'system', operations: [] }, at);
};

/**
 * A break stops its asset, so it stands also where its incident cannot be opened; the worker opens that later.
 * @returns null then.
 */
async function tryIncident(tx: Tx, shortfall: Shortfall, at: Date): Promise<string | null> {
  await tx.$executeRaw`savepoint incident`;
  try {
    const incident = await openFor(tx, shortfall, at);
    await tx.$executeRaw`release savepoint incident`;
    return incident;
  } catch (error) {
    if (isRetryable(error)) throw error;
    await tx.$executeRaw`rollback to savepoint incident`;
    const { number } = shortfall;
    log.error({ err: error, number }, 'the incident of a shortfall could not be opened');
    return null;
  }
}
