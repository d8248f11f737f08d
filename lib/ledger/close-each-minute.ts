import type { Database } from '#lib/platform/db/client.ts';
import { closeBooks } from './close-books.ts';

const minuteMs = 60_000;

/** Closes the books where this minute has no close yet. Called often; mostly it only looks. */
export async function closeEachMinute(db: Database, now: Date): Promise<void> {
  const minute = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs);
  const closed = await db.ledgerClose.findFirst({
    where: { closedAt: { gte: minute } },
    select: { id: true },
  });
  if (!closed) await closeBooks(db);
}
