/**
 * Packages that nobody needs any more: thirty days after the last answer, once a newer one of the same request was
 * built, when the request turned out to be about somebody else, and when the person was erased. Their key is destroyed, so
 * they go from backups as well, with the reasons for leaving texts out.
 */
import { appendAudit } from '#lib/audit/append-entry.ts';
import { shredOwnEverywhere } from '#lib/platform/data-keys/shred-own.ts';
import { dayMs } from '#lib/platform/days.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { Failures } from '#lib/platform/failures.ts';
import { requestsTopic } from '../requests/append-event.ts';
import { answeredAt, answeredStates } from '../requests/answered-at.ts';
import { endUnbuilt } from './end-unbuilt.ts';

/** Days for which a package stays after the last answer, in case that it did not arrive. */
export const keptDays = 30;
/** Picked by chance: so many that fail each time keep none of the others waiting for ever. */
const atOnce = 100;

type Due = { id: string; requestId: string; number: string };

/**
 * @param person whose packages go at once, whatever their request stands at, and nobody else's, so that no other one that
 *   fails holds them up; null for those that are due by themselves.
 * @returns how many of those that were built went.
 * @throws what the first of its steps failed of, such as DataKeysError where the key service can't be reached. None keeps
 *   the others from being done, and what is marked is emptied at the next call.
 */
export async function erasePackages(
  db: Database,
  now: Date,
  person: string | null = null,
): Promise<number> {
  const answeredBefore = new Date(now.getTime() - keptDays * dayMs);
  const due = await db.$queryRaw<Due[]>`
    select p.id::text as id, p.request_id::text as "requestId", s.number
      from privacy_package_built b join privacy_package p on p.id = b.package_id
        join privacy_request_standing s on s.request_id = p.request_id
      where b.erased_at is null and (${person}::text is null or p.person_id = ${person})
        and (${person}::text is not null
        or s.person_id is distinct from p.person_id or s."right" <> p."right"
        or exists (select from person o where o.id = p.person_id and o.erased_at is not null)
        or exists (select from privacy_package l join privacy_package_built n on n.package_id = l.id
          where l.request_id = p.request_id and l.version > p.version)
        or s.state = any (${answeredStates}::text[]) and ${answeredAt} < ${answeredBefore})
      order by random() limit ${atOnce}`;
  const failures = new Failures();
  for (const one of due) await failures.keep(() => markErased(db, one, now));
  await failures.keep(() => emptyErased(db, person));
  await failures.keep(() => endUnbuilt(db, { now, answeredBefore, person }));
  failures.raise();
  return due.length;
}

async function markErased(db: Database, { id, requestId, number }: Due, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    await appendAudit(tx, {
      kind: 'privacy-package-erased',
      subject: number,
      actor: 'system',
      at: now,
      facts: { package: id },
    });
    await tx.privacyPackageBuilt.update({
      where: { packageId: id, erasedAt: null },
      data: { erasedAt: now },
      select: { packageId: true },
    });
    await publish(tx, { topic: requestsTopic, id: requestId });
  });
}

/** Keys first: what stays of the parts after a failure between the two is noise. */
async function emptyErased(db: Database, person: string | null): Promise<void> {
  const marked = await db.$queryRaw<{ id: string; keyId: string }[]>`
    select p.id::text as id, p.key_id as "keyId"
      from privacy_package_part a join privacy_package p on p.id = a.package_id
        join privacy_package_built b on b.package_id = p.id
      where a.sealed is not null and b.erased_at is not null
        and (${person}::text is null or p.person_id = ${person})
      group by p.id order by random() limit ${atOnce}`;
  if (marked.length === 0) return;
  await shredOwnEverywhere(
    db,
    marked.map(({ id, keyId }) => ({ key: keyId, kind: 'package', owner: id })),
  );
  const failures = new Failures();
  for (const { id } of marked)
    await failures.keep(() =>
      db.privacyPackagePart.updateMany({
        where: { packageId: id, sealed: { not: null } },
        data: { sealed: null },
      }),
    );
  failures.raise();
}
