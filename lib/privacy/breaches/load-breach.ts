/** A breach out of the database: its events and where that makes it stand. Texts stay sealed. */
import { contentDigest } from '#lib/audit/content-digest.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { readBreachEvent, type BreachEvent } from './event.ts';
import { foldBreach, type BreachStanding } from './fold.ts';

/** Events that one breach may have; the database allows no more. */
export const breachEventsMax = 1_000;
/** Those that people may make of them; the rest is for warnings of the system. The database agrees. */
export const breachEventsOfPeopleMax = 900;
/** Texts that one event may have, by the database. */
const textsOfEvent = 6;
/** Texts that one breach may have. */
export const breachTextsMax = breachEventsMax * textsOfEvent;

export type BreachFile = {
  id: string;
  number: string;
  keyId: string;
  seq: number;
  events: readonly BreachEvent[];
  standing: BreachStanding;
  /** That its file was erased by the rule of retention, or is being erased; null while it is kept. */
  erasure: BreachErasure | null;
};

/** Texts and the list of persons of a breach went with their key; events and commitments stay. */
export type BreachErasure = {
  /** ISO instant from which nothing is written to it any more. */
  begunAt: string;
  /** ISO instant; null while its key is being destroyed. */
  erasedAt: string | null;
  /** How many texts went, notifications among them, and how many persons were on the list. */
  texts: number | null;
  persons: number | null;
};

/** The whole file; null where there is none of this id. */
export async function loadBreach(db: Database | Tx, id: string): Promise<BreachFile | null> {
  const row = await db.privacyBreach.findUnique({ where: { id }, include: { erasure: true } });
  if (!row) return null;
  const rows = await db.privacyBreachEvent.findMany({
    where: { breachId: id },
    orderBy: { seq: 'asc' },
    take: breachEventsMax,
  });
  const events = rows.map(readBreachEvent);
  const { number, keyId } = row;
  const standing = foldBreach(events);
  const erasure = row.erasure && erasureOf(row.erasure);
  return { id, number, keyId, seq: events.length, events, standing, erasure };
}

const erasureOf = (row: {
  begunAt: Date;
  erasedAt: Date | null;
  texts: number | null;
  persons: number | null;
}): BreachErasure => ({
  begunAt: row.begunAt.toISOString(),
  erasedAt: row.erasedAt?.toISOString() ?? null,
  texts: row.texts,
  persons: row.persons,
});

/** The same, with everybody else kept from writing about it until the caller's transaction ends. */
export async function lockBreach(tx: Tx, id: string): Promise<BreachFile | null> {
  await lockNamed(tx, `privacy breach ${id}`);
  return loadBreach(tx, id);
}

/** Digest of all that stood on record before an event, for what is signed. */
export async function breachDigestBefore(
  tx: Tx,
  { id, events }: Pick<BreachFile, 'id' | 'events'>,
  seq: number,
): Promise<string> {
  const texts = await tx.privacyBreachText.findMany({
    where: { breachId: id, seq: { lt: seq } },
    select: { seq: true, field: true, commitment: true },
    take: breachTextsMax,
  });
  return breachDigest(events, texts, seq);
}

/** The same of events and commitments that are at hand. Pure. */
export function breachDigest(
  events: readonly BreachEvent[],
  commitments: readonly { seq: number; field: string; commitment: string }[],
  seq: number,
): string {
  const texts = commitments
    .filter((text) => text.seq < seq)
    .toSorted((one, other) => one.seq - other.seq || (one.field < other.field ? -1 : 1));
  return contentDigest({ events: events.filter((event) => event.seq < seq), texts });
}
