/** A hold out of the database: its events and where that makes it stand. Texts stay sealed. */
import { contentDigest } from '#lib/audit/content-digest.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { readHoldEvent, type HoldEvent } from './event.ts';
import { foldHold, type HoldStanding } from './fold.ts';

/** Events that one hold may have; the database allows no more. */
export const holdEventsMax = 1_000;
/** Those that people may make of them; the rest is for warnings of the system. The database agrees. */
export const holdEventsOfPeopleMax = 900;

export type HoldFile = {
  id: string;
  number: string;
  keyId: string;
  seq: number;
  events: readonly HoldEvent[];
  standing: HoldStanding;
};

/** The whole file; null where there is none of this id. */
export async function loadHold(db: Database | Tx, id: string): Promise<HoldFile | null> {
  const row = await db.privacyHold.findUnique({ where: { id } });
  if (!row) return null;
  const rows = await db.privacyHoldEvent.findMany({
    where: { holdId: id },
    orderBy: { seq: 'asc' },
    take: holdEventsMax,
  });
  const events = rows.map(readHoldEvent);
  const { number, keyId } = row;
  return { id, number, keyId, seq: events.length, events, standing: foldHold(events) };
}

/** The same, with everybody else kept from writing about it until the caller's transaction ends. */
export async function lockHold(tx: Tx, id: string): Promise<HoldFile | null> {
  await lockNamed(tx, `legal hold ${id}`);
  return loadHold(tx, id);
}

/** Digest of all that stood on record before an event, for what is signed. */
export async function holdDigestBefore(
  tx: Tx,
  { id, events }: Pick<HoldFile, 'id' | 'events'>,
  seq: number,
): Promise<string> {
  const texts = await tx.privacyHoldText.findMany({
    where: { holdId: id, seq: { lt: seq } },
    select: { seq: true, field: true, commitment: true },
    take: holdEventsMax,
  });
  return holdDigest(events, texts, seq);
}

type Commitment = { seq: number; field: string; commitment: string };

/** The same out of rows that were read: events and commitments of their texts, which stay when the texts are erased. */
export const holdDigest = (
  events: readonly HoldEvent[],
  texts: readonly Commitment[],
  before: number,
): string =>
  contentDigest({
    events: events.filter(({ seq }) => seq < before),
    texts: texts
      .filter(({ seq }) => seq < before)
      .map(({ seq, field, commitment }) => ({ seq, field, commitment }))
      .toSorted((one, other) => one.seq - other.seq || (one.field < other.field ? -1 : 1)),
  });
