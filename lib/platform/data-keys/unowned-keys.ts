/**
 * Keys of nobody: the key service has them, and nothing on record owns them. They are left where what a key was made for came
 * to nothing, and where the database was put back to a day before it. What was sealed under one still opens, in whatever
 * backup it stands, so they have to be seen.
 */
import { Beside } from '../beside.ts';
import type { Context } from '../context.ts';
import type { Database } from '../db/client.ts';
import { log } from '../log.ts';
import { BUCKETS } from './store/bucket.ts';
import { dataKeys } from './our-keys.ts';

/** A key is made a moment before its row is; what is nobody's for so long stays nobody's. */
const graceMs = 86_400_000;
const lookEveryMs = 86_400_000;
/** Where a look failed, the next is made so much later. */
const againMs = 600_000;
/** Buckets that are looked at together: those whose keys begin with one hex digit. */
const TOGETHER = 16;

type Needs = Pick<Context, 'db' | 'clock'>;

/** The worker's daily look, beside its other duties: it asks for the ids of all keys, a bucket at a time. */
export class UnownedKeyWatch {
  readonly #needs: Needs;
  readonly #beside = new Beside({ everyMs: againMs });
  #lookedAt = -Infinity;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Called often. @throws what the last look failed of. */
  look(): void {
    this.#beside.look(async (signal) => {
      const now = this.#needs.clock().getTime();
      if (now - this.#lookedAt < lookEveryMs) return;
      await noteUnownedKeys(this.#needs, signal);
      this.#lookedAt = now;
      const count = await countUnownedKeys(this.#needs.db, this.#needs.clock());
      if (count > 0) log.warn({ count }, 'data keys belong to nothing on record');
    });
  }

  async stop(): Promise<void> {
    await this.#beside.stop();
  }
}

/**
 * Puts on record which keys are nobody's, with when that was first seen, and takes off those that are no more or have an
 * owner now. One that ended unsigned and is there all the same, although its challenge is gone, is nobody's too.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function noteUnownedKeys(
  { db, clock }: Needs,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  for (let from = 0; from < BUCKETS; from += TOGETHER) {
    signal.throwIfAborted();
    const buckets = Array.from({ length: TOGETHER }, (_, index) => from + index);
    const keys = (await Promise.all(buckets.map((bucket) => dataKeys().list(bucket)))).flat();
    const digit = (from / TOGETHER).toString(16);
    const at = clock();
    await db.$executeRaw`
      delete from data_key_unowned u
      where left(u.key_id, 1) = ${digit} and (u.key_id <> all (${keys}::text[])
        or exists (select from data_key_owner o where o.key_id = u.key_id and o.kind <> 'unsigned'))`;
    await db.$executeRaw`
      insert into data_key_unowned (key_id, since)
      select h.key_id, ${at} from unnest(${keys}::text[]) as h (key_id)
      left join data_key_owner o on o.key_id = h.key_id
      where o.key_id is null or (o.kind = 'unsigned' and not exists (
        select from challenge c where c.nonce = split_part(o.owner, '/', 1)))
      on conflict do nothing`;
  }
}

/** How many keys have been nobody's for more than a day, as far as was looked. */
export async function countUnownedKeys(
  db: Pick<Database, '$queryRaw'>,
  now: Date,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from data_key_unowned u
    left join data_key_owner o on o.key_id = u.key_id
    where u.since < ${new Date(now.getTime() - graceMs)} and (o.key_id is null or o.kind = 'unsigned')`;
  return row?.count ?? 0;
}

/** The same in words, for whoever looks after the worker; nothing where there are none. */
export async function findUnownedKeys(db: Database, now: Date): Promise<string[]> {
  const count = await countUnownedKeys(db, now);
  return count === 0
    ? []
    : [
        `${count === 1 ? 'a data key has' : `${count} data keys have`} belonged to nothing on record for more than a day: see “Keys of nobody” in docs/decisions/0022-data-keys.md`,
      ];
}
