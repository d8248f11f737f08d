/** How every page about one incident begins: who may read it, whether there is one, and all of it as of one moment. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import { inTextSnapshot } from '#lib/persons/in-text-transaction.ts';
import { withoutRestricted } from '#lib/persons/texts/restricted.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { incidentUnknown } from './act-on-incident.ts';
import { eventsMax, loadIncident, type IncidentFile } from './load-incident.ts';
import { textUseOf } from './text-use.ts';

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
    return file
      ? view({ file: await withoutRestrictedIn(tx, file), tx, nameOf })
      : incidentUnknown();
  });
}

/** The file without what its texts say of people whose data are restricted (Art 18 GDPR); for pages alone. */
async function withoutRestrictedIn(tx: Tx, file: IncidentFile): Promise<IncidentFile> {
  const rows = await tx.incidentText.findMany({
    where: { incidentId: file.id },
    select: { seq: true, field: true, commitment: true },
    take: eventsMax * 2,
  });
  const texts = rows.map(({ seq, field, commitment }) => ({
    commitment,
    text: file.texts.get(`${seq} ${field}`) ?? null,
  }));
  const shown = await withoutRestricted(tx, textUseOf(file.standing.state), 'incident_text', texts);
  return {
    ...file,
    texts: new Map(rows.map(({ seq, field }, index) => [`${seq} ${field}`, shown[index] ?? null])),
  };
}
