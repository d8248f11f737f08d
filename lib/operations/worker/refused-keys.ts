/**
 * Opens an incident for data keys that were refused: one for all of a day, so that whoever makes up rows by the thousand
 * floods nobody, and each refusal is said once. It is in the worker's log as well.
 */
import type { Context } from '#lib/platform/context.ts';
import { dayMs } from '#lib/platform/days.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { openIncident } from '../open-incident.ts';
import { notYet, type NotYet } from './not-yet.ts';

/** Taken in one look; the rest has its turn at the next. */
const atOnce = 500;

const faults: Readonly<Record<string, string>> = {
  'not-own': 'it is not the key of the row that names it',
  'key-unknown': 'the key service does not know it',
  'seal-broken': 'what it sealed does not open',
  'not-parsed': 'what it sealed is not what its table keeps',
};

/** Called often; mostly there is nothing. @returns `notYet` where nothing was refused. */
export async function tellRefusedKeys({
  db,
  clock,
}: Pick<Context, 'db' | 'clock'>): Promise<NotYet | undefined> {
  if ((await db.dataKeyRefusal.count({ where: { incident: null }, take: 1 })) === 0) return notYet;
  return inTransaction(db, async (tx) => {
    await lockNamed(tx, 'refused keys');
    const fresh = await tx.dataKeyRefusal.findMany({
      where: { incident: null },
      orderBy: [{ at: 'asc' }, { kind: 'asc' }, { owner: 'asc' }, { fault: 'asc' }],
      take: atOnce,
    });
    const [first] = fresh;
    if (!first) return notYet;
    const now = clock();
    const said = await tx.dataKeyRefusal.findFirst({
      where: { incident: { not: null }, saidAt: { gt: new Date(now.getTime() - dayMs) } },
      orderBy: { saidAt: 'asc' },
    });
    const what = first.kind === 'duty' ? `met by the duty “${first.owner}”` : `of a ${first.kind}`;
    const title = `A data key ${what} was refused: ${faults[first.fault] ?? first.fault}`;
    const incident =
      said?.incident ??
      (await openIncident(
        tx,
        {
          what: 'key-refused',
          title: fresh.length === 1 ? title : `${title}, and ${fresh.length - 1} more`,
          openedBy: 'system',
          operations: [],
        },
        now,
      ));
    for (const { kind, owner, fault } of fresh)
      await tx.dataKeyRefusal.update({
        where: { kind_owner_fault: { kind, owner, fault } },
        data: { incident, saidAt: said?.saidAt ?? now },
        select: { kind: true },
      });
    return undefined;
  });
}
