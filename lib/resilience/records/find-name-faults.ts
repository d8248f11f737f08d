import type { Tx } from '#lib/platform/db/transaction.ts';
import { individual } from '../codes.ts';
import { individualTexts } from '../kinds/provider.ts';
import type { Fault, Naming, PersonNamed } from './kind-rules.ts';
import { aKind, type Kind } from './kinds.ts';
import { loadTexts } from './load-record.ts';

type Named = {
  kind: Kind;
  id: string;
  ref: { field: string; ref: string } | null;
  names: readonly Naming[];
  people: readonly PersonNamed[];
};

/** A record as one that names it has to know it. */
export type Holder = { id: string; kind: string; number: string; retired: boolean };

/** Where names are looked up: the database, or what a caller read of it under the lock of all records. */
export type Lookup = {
  holderOf: (kind: Kind, ref: string) => Promise<Holder | null>;
  recordsOf: (ids: readonly string[]) => Promise<readonly Holder[]>;
  /** Those of the ids that are of people who work here. */
  peopleOf: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
};

const holderFields = { recordId: true, kind: true, number: true, retired: true } as const;

const holder = ({ recordId, ...rest }: Omit<Holder, 'id'> & { recordId: string }): Holder => ({
  ...rest,
  id: recordId,
});

/** Providers who are people are few; the rest are known by a code that is nobody's. */
const individualsMax = 5_000;

/** The individual of this code, which is personal and stands sealed among the texts: each is opened. */
async function individualOf(tx: Tx, code: string): Promise<Holder | null> {
  const all = await tx.$queryRaw<Holder[]>`
    select c.record_id as id, c.kind, c.number, c.retired from resilience_current c
      where c.kind = 'provider' and c.facts ->> 'person' = ${individual}
      order by c.number limit ${individualsMax}`;
  const texts = await loadTexts(
    tx,
    all.map(({ id }) => id),
    [individualTexts.code],
  );
  return all.find(({ id }) => texts.get(id)?.[individualTexts.code] === code) ?? null;
}

/** Names as the database has them. */
export const lookupIn = (tx: Tx): Lookup => ({
  holderOf: async (kind, ref) => {
    const row = await tx.resilienceCurrent.findUnique({
      where: { kind_ref: { kind, ref } },
      select: holderFields,
    });
    return row ? holder(row) : kind === 'provider' ? individualOf(tx, ref) : null;
  },
  recordsOf: async (ids) =>
    (
      await tx.resilienceCurrent.findMany({
        where: { recordId: { in: [...ids] } },
        select: holderFields,
      })
    ).map(holder),
  peopleOf: async (ids) => {
    const rows = await tx.operator.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true },
    });
    return new Set(rows.map(({ id }) => id));
  },
});

/** What of the names in a record is nobody's, another's or retired. The caller holds the lock of all records. */
export async function findNameFaults(
  lookup: Lookup,
  { kind, id, ref, names, people }: Named,
): Promise<Fault[]> {
  return [
    ...(await findTakenRef(lookup, { kind, id, ref })),
    ...(await findUnknownRecords(lookup, id, names)),
    ...(await findUnknownPeople(lookup, people)),
  ];
}

async function findTakenRef(
  lookup: Lookup,
  { kind, id, ref }: Pick<Named, 'kind' | 'id' | 'ref'>,
): Promise<Fault[]> {
  if (ref === null) return [];
  const found = await lookup.holderOf(kind, ref.ref);
  if (!found || found.id === id) return [];
  const reason = found.retired
    ? `${found.number}, which is retired, has this already. Bring it back by changing it, or give another.`
    : `${found.number} has this already. Change that one, or give another.`;
  return [{ field: ref.field, reason }];
}

async function findUnknownRecords(
  lookup: Lookup,
  id: string,
  names: readonly Naming[],
): Promise<Fault[]> {
  if (names.length === 0) return [];
  const rows = await lookup.recordsOf([...new Set(names.map(({ to }) => to))]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return names.flatMap(({ path, to, kind }) => {
    const found = byId.get(to);
    const no = (reason: string): Fault[] => [{ field: path, reason }];
    if (to === id) return no('A record does not name itself here.');
    if (found?.kind !== kind) return no(`Choose ${aKind(kind)} that is on record.`);
    return found.retired ? no(`${found.number} is retired. Choose another, or bring it back.`) : [];
  });
}

async function findUnknownPeople(lookup: Lookup, people: readonly PersonNamed[]): Promise<Fault[]> {
  if (people.length === 0) return [];
  const known = await lookup.peopleOf([...new Set(people.map(({ person }) => person))]);
  return people
    .filter(({ person }) => !known.has(person))
    .map(({ path }) => ({ field: path, reason: 'Nobody of this id works here.' }));
}
