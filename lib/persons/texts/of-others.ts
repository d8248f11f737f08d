/**
 * What somebody shares with others: the number of a switchboard, an address of a household, a given name. An erasure of
 * one of them leaves it to the others. By keyed hashes, so nobody's data are read.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { fieldOf, type SearchKind } from '../field-map.ts';
import { searchValue } from '../search-value.ts';
import type { OwnValue } from './black-out.ts';
import { peopleOf } from './people-in.ts';
import { runsOf, wordsIn } from './spans.ts';

/** Names that are looked for in one text; what is beyond is taken for the person's. */
const NAMES_MAX = 2_000;

/**
 * Those of the values that somebody else is found by as well, who was not erased.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function sharedValues(
  db: Database,
  personId: string,
  values: readonly OwnValue[],
): Promise<ReadonlySet<OwnValue>> {
  const wanted = new Map<SearchKind, { text: string; of: OwnValue }[]>();
  for (const of of values) {
    const { search } = fieldOf(of.field);
    const text = search ? searchValue(search, of.value) : '';
    if (search && text !== '') wanted.set(search, [...(wanted.get(search) ?? []), { text, of }]);
  }
  const shared = new Set<OwnValue>();
  for (const [kind, some] of wanted) {
    const known = await peopleOf(db, kind, [...new Set(some.map(({ text }) => text))]);
    for (const { text, of } of some)
      if (known.get(text)?.some(({ person }) => person !== personId)) shared.add(of);
  }
  return shared;
}

/**
 * Names of other people that stand in a text and share a word with the person's own, as they are searched for.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function namesOfOthers(
  db: Database | Tx,
  personId: string,
  values: readonly OwnValue[],
  text: string,
): Promise<ReadonlySet<string>> {
  const names = values.flatMap(({ field, value }) =>
    fieldOf(field).shape === 'name' ? [searchValue('name', value)] : [],
  );
  const own = new Set(names.flatMap((name) => name.split(' ')));
  const found = new Set<string>();
  for (const { name } of runsOf(wordsIn(text))) {
    if (found.size >= NAMES_MAX) break;
    if (!names.includes(name) && name.split(' ').some((word) => own.has(word))) found.add(name);
  }
  const known = await peopleOf(db, 'name', [...found]);
  const others = [...known].filter(([, people]) =>
    people.some(({ person }) => person !== personId),
  );
  return new Set(others.map(([name]) => name));
}
