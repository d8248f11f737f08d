import type { Context } from '#lib/platform/context.ts';

/** What nobody's name is on goes soon after its end: anybody can make such rows. */
const keepAnonymousMs = 2 * 60_000;
/** A person's stay for an hour, so that a refusal can still say what happened. */
export const challengeKeptMs = 3_600_000;
/** Rows removed by one statement, and statements in one pass: together above what can be made. */
const batchSize = 2_000;
const batchesMax = 10;

/**
 * Removes challenges and tickets that can't be used any more; what they led to is on record. A challenge with which texts
 * wait under keys of their own goes once those are destroyed (end-unsigned-keys.ts).
 */
export async function sweepChallenges(context: Context): Promise<void> {
  const now = context.clock().getTime();
  const anonymousBefore = new Date(now - keepAnonymousMs);
  const before = new Date(now - challengeKeptMs);
  const { db } = context;
  await inBatches(
    () => db.$executeRaw`
      delete from challenge where nonce in (
        select nonce from challenge
        where (expires_at < ${before} or (operator_id is null and expires_at < ${anonymousBefore}))
          and not exists (select from data_key_owner o
            where o.kind in ('challenge', 'unsigned') and split_part(o.owner, '/', 1) = nonce)
        order by expires_at limit ${batchSize})`,
  );
  await inBatches(
    () => db.$executeRaw`
      delete from login_ticket where token_hash in (
        select token_hash from login_ticket where expires_at < ${before}
        order by expires_at limit ${batchSize})`,
  );
}

/** Small transactions, so that none holds up who is writing meanwhile. @param remove gives the number removed. */
async function inBatches(remove: () => Promise<number>): Promise<void> {
  for (let batch = 0; batch < batchesMax; batch += 1) if ((await remove()) < batchSize) return;
}
