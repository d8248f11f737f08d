/** A request out of the database: its events and where that makes it stand. Texts stay sealed. */
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { readEvent, type RequestEvent } from './event.ts';
import { eventsDigest } from './events-digest.ts';
import { foldEvents, type Standing } from './fold.ts';

/** Events that one request may have; the database allows no more. */
export const eventsMax = 2_000;
/** Those that people may make of them; the rest is the system's, which warns and says what went. The database agrees. */
export const eventsOfPeopleMax = 1_900;
/** Texts that one event may have, by the database. */
export const textsOfEventMax = 8;

export type RequestFile = {
  id: string;
  number: string;
  keyId: string;
  seq: number;
  events: readonly RequestEvent[];
  standing: Standing;
};

/** The whole file; null where there is none of this id. */
export async function loadRequest(db: Database | Tx, id: string): Promise<RequestFile | null> {
  const row = await db.privacyRequest.findUnique({ where: { id } });
  if (!row) return null;
  const rows = await db.privacyRequestEvent.findMany({
    where: { requestId: id },
    orderBy: { seq: 'asc' },
    take: eventsMax,
  });
  const events = rows.map(readEvent);
  return {
    id: row.id,
    number: row.number,
    keyId: row.keyId,
    seq: events.length,
    events,
    standing: foldEvents(events),
  };
}

/** The same, with everybody else kept from writing about it until the caller's transaction ends. */
export async function lockRequest(tx: Tx, id: string): Promise<RequestFile | null> {
  await lockNamed(tx, `privacy request ${id}`);
  return loadRequest(tx, id);
}

/** Digest of all that stood on record before an event, for what is signed. */
export async function digestBefore(
  tx: Database | Tx,
  { id, events }: Pick<RequestFile, 'id' | 'events'>,
  seq: number,
): Promise<string> {
  const commitments = await tx.privacyRequestText.findMany({
    where: { requestId: id, seq: { lt: seq } },
    select: { seq: true, field: true, commitment: true },
    take: eventsMax * textsOfEventMax,
  });
  return eventsDigest(
    events.filter((event) => event.seq < seq),
    commitments,
  );
}
