import type { Database } from '#lib/platform/db/client.ts';
import { shownText } from '#lib/protocol/free-text.ts';

/** A roster has at most some hundreds of people. */
const peopleMax = 2_000;

/** Names of people by their ids; an id that is not known stands for itself. */
export async function loadNames(db: Database): Promise<(person: string) => string> {
  const rows = await db.operator.findMany({
    select: { id: true, displayName: true },
    orderBy: { id: 'asc' },
    take: peopleMax,
  });
  const names = new Map(rows.map(({ id, displayName }) => [id, shownText(displayName)]));
  return (person) => names.get(person) ?? person;
}
