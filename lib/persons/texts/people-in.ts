/** Whom texts name: by the keyed hashes of what stands in them, so nobody's data are read. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { searchKinds, type SearchKind } from '../field-map.ts';
import { keyedHashes } from '../search-hashes.ts';
import { candidatesOf } from './candidates.ts';

/** So that each is found in the index, however large the table is. */
const AT_ONCE = 2_000;

/**
 * Ids of the people that each text names, in order.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function peopleIn(db: Database | Tx, texts: readonly string[]): Promise<string[][]> {
  const all = texts.map(candidatesOf);
  const people = texts.map(() => new Set<string>());
  await Promise.all(
    searchKinds.map(async (kind) => {
      const values = [...new Set(all.flatMap((one) => [...one[kind]]))];
      const known = await peopleOf(db, kind, values);
      if (known.size === 0) return;
      for (const [index, one] of all.entries())
        for (const value of one[kind])
          for (const person of known.get(value) ?? []) people[index]?.add(person);
    }),
  );
  return people.map((one) => [...one].toSorted());
}

/**
 * Ids of the people who are known by each of these, as they are searched for; whoever corrected it is known by it still.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function peopleOf(
  db: Database | Tx,
  kind: SearchKind,
  values: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const hashes = await keyedHashes(kind, values);
  const valueOf = new Map(
    hashes.map((hash, index) => [Buffer.from(hash).toString('hex'), values[index] ?? '']),
  );
  const found = new Map<string, string[]>();
  const wanted = [...valueOf.keys()];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const rows = await db.$queryRaw<{ hash: string; person: string }[]>`
      select encode(h.hash, 'hex') as hash, h.person_id as person
      from unnest(${wanted.slice(at, at + AT_ONCE)}::text[]) as w (hash)
      join person_hash h on h.kind = ${kind} and h.hash = decode(w.hash, 'hex')`;
    for (const { hash, person } of rows) {
      const value = valueOf.get(hash) ?? '';
      found.set(value, [...(found.get(value) ?? []), person]);
    }
  }
  return found;
}
