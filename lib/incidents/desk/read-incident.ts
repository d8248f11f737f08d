/** How every page about one incident begins: who may read it, whether there is one, and all of it as of one moment. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import { inTextSnapshot } from '#lib/persons/in-text-transaction.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { incidentUnknown } from './act-on-incident.ts';
import { loadIncident, type IncidentFile } from './load-incident.ts';

export type Reading = {
  file: IncidentFile;
  /** Reads more as of the same moment. */
  tx: Tx;
  /** Name of a person by their id, or "The system". */
  nameOf: (person: string) => string;
};

/** @param view draws what the page shows. */
export async function readIncident<T>(
  actor: Actor,
  id: string,
  { db }: Pick<Context, 'db'>,
  view: (reading: Reading) => Promise<Result<T>>,
): Promise<Result<T>> {
  const refused = lacksScope(actor, 'incident:read');
  if (refused) return refused;
  const asked = z.uuid().safeParse(id);
  if (!asked.success) return incidentUnknown();
  const names = await operatorNames(db);
  const nameOf = (person: string): string => (person === 'system' ? 'The system' : names(person));
  return inTextSnapshot(db, async (tx) => {
    const file = await loadIncident(tx, asked.data.toLowerCase());
    return file ? view({ file, tx, nameOf }) : incidentUnknown();
  });
}
