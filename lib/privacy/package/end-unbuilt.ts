/**
 * The end of packages that were ordered and never built: their key goes like that of others, and with it the reasons for
 * leaving texts out and what a build left behind.
 */
import { shredOwnEverywhere } from '#lib/platform/data-keys/shred-own.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { Failures } from '#lib/platform/failures.ts';
import { answeredAt, answeredStates } from '../requests/answered-at.ts';
import { attemptsMax, deadAfterMs } from './package-state.ts';

/** Picked by chance: so many that fail each time keep none of the others waiting for ever. */
const atOnce = 100;

type Ends = {
  now: Date;
  /** Packages of requests that were answered before go. */
  answeredBefore: Date;
  /** Whose packages go whatever their request stands at, and nobody else's; null for those that are due by themselves. */
  person: string | null;
};

/**
 * First it is on record that they end, so that no worker builds them any more; one that is being built is left until that
 * came to an end.
 * @throws what the first of them failed of, such as DataKeysError where the key service can't be reached. None keeps the
 *   others from ending, and what is on record as ending is ended at the next call.
 */
export async function endUnbuilt(
  db: Database,
  { now, answeredBefore, person }: Ends,
): Promise<void> {
  const due = await db.$queryRaw<{ id: string }[]>`
    select p.id::text as id from privacy_package p
      join privacy_request_standing s on s.request_id = p.request_id
      left join privacy_package_progress g on g.package_id = p.id
    where not exists (select from privacy_package_built b where b.package_id = p.id)
      and (g.package_id is null or g.fault not in ('ending', 'ended')
        or g.fault is null and g.beat_at < ${new Date(now.getTime() - deadAfterMs)})
      and (${person}::text is null or p.person_id = ${person})
      and (${person}::text is not null
        or s.person_id is distinct from p.person_id or s."right" <> p."right"
        or exists (select from person o where o.id = p.person_id and o.erased_at is not null)
        or exists (select from privacy_package l where l.request_id = p.request_id and l.version > p.version)
        or s.state = any (${answeredStates}::text[]) and ${answeredAt} < ${answeredBefore})
    order by random() limit ${atOnce}`;
  const failures = new Failures();
  for (const { id } of due) await failures.keep(() => markEnding(db, id, now));
  await failures.keep(() => endMarked(db, person));
  failures.raise();
}

async function markEnding(db: Database, packageId: string, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockNamed(tx, `privacy package ${packageId}`);
    const [progress, built] = await Promise.all([
      tx.privacyPackageProgress.findUnique({ where: { packageId } }),
      tx.privacyPackageBuilt.findUnique({ where: { packageId }, select: { packageId: true } }),
    ]);
    const isAlive =
      progress?.fault === null && progress.beatAt.getTime() >= now.getTime() - deadAfterMs;
    if (built || isAlive) return;
    const ending = { attempt: attemptsMax, beatAt: now, done: 0, fault: 'ending' };
    await tx.privacyPackageProgress.upsert({
      where: { packageId },
      create: { packageId, ...ending },
      update: ending,
      select: { packageId: true },
    });
  });
}

async function endMarked(db: Database, person: string | null): Promise<void> {
  const marked = await db.$queryRaw<{ id: string; keyId: string }[]>`
    select p.id::text as id, p.key_id as "keyId"
      from privacy_package_progress g join privacy_package p on p.id = g.package_id
    where g.fault = 'ending' and (${person}::text is null or p.person_id = ${person})
    order by random() limit ${atOnce}`;
  if (marked.length === 0) return;
  await shredOwnEverywhere(
    db,
    marked.map(({ id, keyId }) => ({ key: keyId, kind: 'package', owner: id })),
  );
  const failures = new Failures();
  for (const { id: packageId } of marked)
    await failures.keep(() =>
      inTransaction(db, async (tx) => {
        await tx.privacyPackagePart.deleteMany({ where: { packageId } });
        await tx.privacyPackageProgress.updateMany({
          where: { packageId, fault: 'ending' },
          data: { fault: 'ended' },
        });
      }),
    );
  failures.raise();
}
