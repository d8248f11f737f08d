import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Fault, Naming, PersonNamed } from './kind-rules.ts';
import { aKind, type Kind } from './kinds.ts';

type Named = {
  kind: Kind;
  id: string;
  ref: { field: string; ref: string } | null;
  names: readonly Naming[];
  people: readonly PersonNamed[];
};

/** What of the names in a record is nobody's, another's or retired. The caller holds the lock of all records. */
export async function findNameFaults(
  tx: Tx,
  { kind, id, ref, names, people }: Named,
): Promise<Fault[]> {
  return [
    ...(await findTakenRef(tx, { kind, id, ref })),
    ...(await findUnknownRecords(tx, id, names)),
    ...(await findUnknownPeople(tx, people)),
  ];
}

async function findTakenRef(
  tx: Tx,
  { kind, id, ref }: Pick<Named, 'kind' | 'id' | 'ref'>,
): Promise<Fault[]> {
  if (ref === null) return [];
  const holder = await tx.resilienceCurrent.findUnique({
    where: { kind_ref: { kind, ref: ref.ref } },
    select: { recordId: true, number: true, retired: true },
  });
  if (!holder || holder.recordId === id) return [];
  const reason = holder.retired
    ? `${holder.number}, which is retired, has this already. Bring it back by changing it, or give another.`
    : `${holder.number} has this already. Change that one, or give another.`;
  return [{ field: ref.field, reason }];
}

async function findUnknownRecords(tx: Tx, id: string, names: readonly Naming[]): Promise<Fault[]> {
  if (names.length === 0) return [];
  const rows = await tx.resilienceCurrent.findMany({
    where: { recordId: { in: [...new Set(names.map(({ to }) => to))] } },
    select: { recordId: true, kind: true, number: true, retired: true },
  });
  const byId = new Map(rows.map((row) => [row.recordId, row]));
  return names.flatMap(({ path, to, kind }) => {
    const found = byId.get(to);
    const no = (reason: string): Fault[] => [{ field: path, reason }];
    if (to === id) return no('A record does not name itself here.');
    if (found?.kind !== kind) return no(`Choose ${aKind(kind)} that is on record.`);
    return found.retired ? no(`${found.number} is retired. Choose another, or bring it back.`) : [];
  });
}

async function findUnknownPeople(tx: Tx, people: readonly PersonNamed[]): Promise<Fault[]> {
  if (people.length === 0) return [];
  const rows = await tx.operator.findMany({
    where: { id: { in: [...new Set(people.map(({ person }) => person))] } },
    select: { id: true },
  });
  const known = new Set(rows.map((row) => row.id));
  return people
    .filter(({ person }) => !known.has(person))
    .map(({ path }) => ({ field: path, reason: 'Nobody of this id works here.' }));
}
