import { KeyOfOtherError } from '#lib/platform/data-keys/key-of-other.ts';
import { noteRefusals } from '#lib/platform/data-keys/note-refusal.ts';
import { shredOwnEverywhere } from '#lib/platform/data-keys/shred-own.ts';
import type { Database } from '#lib/platform/db/client.ts';

const atOnce = 400;

type DueKey = {
  key: string;
  kind: 'text' | 'breach' | 'hold' | 'request';
  owner: string;
  stands: boolean;
};

/**
 * Destroys the keys of texts as they were before something went from them, all of them; in the worker, which alone may. A
 * key under which a text still stands is none of those.
 * @throws DataKeysError where the key service can't be reached or lets no more be destroyed within the hour, KeyOfOtherError
 *   for a key that still stands, and Error where a place could not be reached: they stay due.
 */
export async function destroyDueKeys(db: Database): Promise<void> {
  let after = '';
  let standing: DueKey | null = null;
  for (;;) {
    const due = await db.$queryRaw<DueKey[]>`
      select d.key_id as key, o.kind, o.owner, data_key_stands(d.key_id) as stands
      from text_key_due d join data_key_owner o on o.key_id = d.key_id
      where d.key_id > ${after} and o.kind in ('text', 'breach', 'hold', 'request') order by d.key_id limit ${atOnce}`;
    if (due.length === 0) break;
    after = due.at(-1)?.key ?? '';
    const ending = due.filter(({ stands }) => !stands);
    standing ??= due.find(({ stands }) => stands) ?? null;
    await shredOwnEverywhere(
      db,
      ending.map(({ key, kind, owner }) => ({ key, kind, owner })),
    );
    await db.textKeyDue.deleteMany({ where: { keyId: { in: ending.map(({ key }) => key) } } });
  }
  if (standing === null) return;
  const { kind, owner } = standing;
  await noteRefusals(db, [{ kind, owner, fault: 'not-own' }]);
  throw new KeyOfOtherError(standing);
}
