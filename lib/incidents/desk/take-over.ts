/**
 * Other areas say in their own transactions that something has to be answered for (`incident_record`). The
 * desk opens a file for each, under the same number: freezes, breaks and alarms become incidents by what is on
 * record, not because their areas know the desk.
 */
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { openFile } from './open-file.ts';
import type { IncidentSource } from './life.ts';

/** Opened in one look; the rest has its turn at the next. */
const atOnce = 200;

type Notice = { id: string; what: string; title: string; openedAt: Date; openedBy: string };

/**
 * @returns how many files were opened.
 * @throws the first failure, once the others had their turn.
 */
export async function takeOver(db: Database, at: Date): Promise<number> {
  const waiting = await db.$queryRaw<Notice[]>`
    select r.id, r.what, r.title, r.opened_at as "openedAt", r.opened_by as "openedBy"
      from incident_record r where not exists (select from incident i where i.id = r.id)
      order by r.opened_at, r.id limit ${atOnce}`;
  const failures: unknown[] = [];
  for (const notice of waiting)
    try {
      await openOne(db, notice, at);
    } catch (error) {
      failures.push(error);
      log.error({ err: error, notice: notice.id }, 'a notice can’t be taken over as an incident');
    }
  if (failures.length > 0) throw failures[0];
  return waiting.length;
}

async function openOne(db: Database, notice: Notice, at: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    // Two workers may see the same notice.
    await lockNamed(tx, `incident ${notice.id}`);
    if (await tx.incident.findUnique({ where: { id: notice.id }, select: { id: true } })) return;
    const operations = await tx.incidentOperation.findMany({
      where: { incidentId: notice.id },
      select: { operation: { select: { number: true } } },
      take: 40,
    });
    await openFile(tx, {
      id: notice.id,
      sort: 'incident',
      source: notice.what as IncidentSource,
      openedAt: notice.openedAt,
      openedBy: notice.openedBy,
      detectedAt: notice.openedAt,
      links: operations.map(({ operation }) => ({ kind: 'operation', ref: operation.number })),
      texts: { title: notice.title },
      at: notice.openedAt > at ? notice.openedAt : at,
    });
  });
}
