/** Whom texts name: by the keyed hashes of what stands in them, so nobody's data are read. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { searchKinds, type SearchKind } from '../field-map.ts';
import { keyedHashes } from '../search-hashes.ts';
import { candidatesOf } from './candidates.ts';

/** So that each is found in the index, however large the table is. */
const AT_ONCE = 2_000;

/** Somebody whom a text names, and the key that their data are sealed under now. An erasure, also in part, changes it. */
export type Named = { person: string; key: string };

/**
 * Ids of the people that each text names, in order.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function peopleIn(db: Database | Tx, texts: readonly string[]): Promise<string[][]> {
  return (await namedIn(db, texts)).map((named) => named.map(({ person }) => person));
}

/**
 * The same with their keys.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function namedIn(db: Database | Tx, texts: readonly string[]): Promise<Named[][]> {
  const all = texts.map(candidatesOf);
  const people = texts.map(() => new Map<string, string>());
  await Promise.all(
    searchKinds.map(async (kind) => {
      const values = [...new Set(all.flatMap((one) => [...one[kind]]))];
      const known = await peopleOf(db, kind, values);
      if (known.size === 0) return;
      for (const [index, one] of all.entries())
        for (const value of one[kind])
          for (const { person, key } of known.get(value) ?? []) {
            const seen = people[index];
            // Found by two things under two keys: something of them was erased between the looks.
            seen?.set(person, seen.has(person) && seen.get(person) !== key ? '' : key);
          }
    }),
  );
  return people.map((one) =>
    [...one]
      .map(([person, key]) => ({ person, key }))
      .toSorted((before, after) => (before.person < after.person ? -1 : 1)),
  );
}

/**
 * People who are known by each of these, as they are searched for; whoever corrected it is known by it still.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function peopleOf(
  db: Database | Tx,
  kind: SearchKind,
  values: readonly string[],
): Promise<ReadonlyMap<string, Named[]>> {
  const hashes = await keyedHashes(kind, values);
  const valueOf = new Map(
    hashes.map((hash, index) => [Buffer.from(hash).toString('hex'), values[index] ?? '']),
  );
  const found = new Map<string, Named[]>();
  const wanted = [...valueOf.keys()];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    // In one statement, so that the key is the one that they had when they were found.
    const rows = await db.$queryRaw<{ hash: string; person: string; key: string | null }[]>`
      select encode(h.hash, 'hex') as hash, h.person_id as person, p.key_id as key
      from unnest(${wanted.slice(at, at + AT_ONCE)}::text[]) as w (hash)
      join person_hash h on h.kind = ${kind} and h.hash = decode(w.hash, 'hex')
      join person p on p.id = h.person_id`;
    for (const { hash, person, key } of rows) {
      const value = valueOf.get(hash) ?? '';
      found.set(value, [...(found.get(value) ?? []), { person, key: key ?? '' }]);
    }
  }
  return found;
}
