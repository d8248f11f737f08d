import { shredOwnEverywhere } from '#lib/platform/data-keys/shred-own.ts';
import type { Context } from '#lib/platform/context.ts';
import { challengeKeptMs } from './sweep-challenges.ts';

/** From one look to the next: each destruction writes a new root key, whatever the number of keys. */
export const endKeysEveryMs = 600_000;
/**
 * Challenges, and keys, of one look. With the pace that is at most 240 keys an hour of the 500 that the key service lets
 * the worker destroy, so that whoever asks for many key presses and makes none holds up no erasure.
 */
const atOnce = 40;
/** More waits than is let through for that long: people should know. */
const behindMs = 86_400_000;

/**
 * Ends the keys of texts that waited for a signature which never came, so that no backup opens them. In this order: the
 * database says that they ended, and nobody can sign any more; they are destroyed in every place; what waited goes.
 * Whatever stops it in between, the next look goes on.
 * @throws DataKeysError where the key service can't be reached or lets no more be destroyed within the hour, and Error where
 *   a place could not be reached, or texts have waited for a day to end.
 */
export async function endUnsignedKeys({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = clock().getTime();
  await db.$executeRaw`select end_waiting_keys(${new Date(now - challengeKeptMs)}, ${atOnce}::int)`;
  const ending = await db.$queryRaw<{ key: string; owner: string }[]>`
    select o.key_id as key, o.owner from challenge c
    join data_key_owner o on o.kind = 'unsigned' and split_part(o.owner, '/', 1) = c.nonce
    order by c.expires_at, o.owner limit ${atOnce}`;
  if (ending.length > 0) {
    await shredOwnEverywhere(
      db,
      ending.map(({ key, owner }) => ({ key, owner, kind: 'unsigned' })),
    );
    const keys = ending.map(({ key }) => key);
    const nonces = ending.map(({ owner }) => owner.split('/')[0] ?? '');
    await db.$executeRaw`
      delete from challenge c where c.nonce = any (${nonces}::text[]) and not exists (
        select from data_key_owner o where o.kind in ('challenge', 'unsigned')
          and split_part(o.owner, '/', 1) = c.nonce and o.key_id <> all (${keys}::text[]))`;
  }
  const [behind] = await db.$queryRaw<{ nonce: string }[]>`
    select c.nonce from challenge c where c.expires_at < ${new Date(now - behindMs)} and exists (
      select from data_key_owner o where o.kind in ('challenge', 'unsigned')
        and split_part(o.owner, '/', 1) = c.nonce) limit 1`;
  if (behind)
    throw new Error('Texts that nobody signed wait for more than a day for the end of their keys.');
}
