/** Freezes as pages show them: what each stopped, which parties have it, and its release. */
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { scopeOf } from './facts/standing-freezes.ts';
import { scopeWords } from './scope-words.ts';
import { finalStates } from './states.ts';

export type FreezeView = {
  /** The operation that froze. */
  operation: string;
  number: string;
  what: 'everything' | 'asset' | 'vault';
  /** The asset or the vault; null for everything. */
  value: string | null;
  /** "Vault hot-1". */
  scope: string;
  frozenAt: string;
  frozenBy: string;
  /** Parties that have taken it over. */
  parties: string[];
  /** Number of the incident that it opened. */
  incident: string | null;
  /** Null while it stands. */
  releasedAt: string | null;
  /** The release: raised and on its way, or done. */
  release: { operation: string; number: string } | null;
};

/** Freezes by the ids of the operations that made them, in that order; unknown ids are left out. */
export async function viewFreezes(
  ids: readonly string[],
  { db }: Pick<Context, 'db'>,
): Promise<FreezeView[]> {
  if (ids.length === 0) return [];
  const rows = await db.freeze.findMany({
    where: { operationId: { in: [...ids] } },
    include: {
      operation: {
        include: {
          adoptions: { select: { party: true } },
          incidents: { include: { incident: { select: { number: true, what: true } } } },
        },
      },
    },
  });
  const [nameOf, releases] = await Promise.all([operatorNames(db), findReleases(rows, db)]);
  return ids.flatMap((id) => {
    const row = rows.find(({ operationId }) => operationId === id);
    if (!row) return [];
    const scope = scopeOf(row);
    const incident = row.operation.incidents.find(({ incident: { what } }) => what === 'freeze');
    return [
      {
        operation: id,
        number: row.operation.number,
        what: scope.what,
        value: row.value,
        scope: scopeWords(scope),
        frozenAt: row.frozenAt.toISOString(),
        frozenBy: nameOf(row.frozenBy),
        parties: row.operation.adoptions.map(({ party }) => party).sort(),
        incident: incident?.incident.number ?? null,
        releasedAt: row.releasedAt?.toISOString() ?? null,
        release: releases.get(id) ?? null,
      },
    ];
  });
}

/** Releases by the freeze they are of: the one that did it, or one that is open. */
async function findReleases(
  freezes: readonly { operationId: string; releasedByOperation: string | null }[],
  db: Context['db'],
): Promise<Map<string, { operation: string; number: string }>> {
  const done = freezes.flatMap(({ releasedByOperation: id }) => (id === null ? [] : [id]));
  const rows = await db.operation.findMany({
    where: {
      kind: 'release',
      OR: [{ id: { in: done } }, { state: { notIn: [...finalStates] } }],
    },
    select: { id: true, number: true, intent: true },
  });
  const found = new Map<string, { operation: string; number: string }>();
  for (const { id, number, intent } of rows) {
    const { freeze } = JSON.parse(intent) as { freeze: string };
    found.set(freeze, { operation: id, number });
  }
  return found;
}
