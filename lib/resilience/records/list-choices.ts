/** What a form may name: records in use, by kind, and the people who work here. */
import type { Actor } from '#lib/identity/actor.ts';
import { byName, operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { inSnapshot } from '#lib/platform/db/snapshot.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { lacksChoosing } from './kind-scopes.ts';
import type { Kind } from './kinds.ts';
import { loadShownTexts } from './load-record.ts';

export type Choice = { id: string; number: string; name: string; grade: string | null };
export type PersonChoice = { id: string; name: string };

export type Choices = {
  records: Partial<Record<Kind, Choice[]>>;
  people: PersonChoice[];
};

/** Of each kind; a register of thousands of contracts is named by number beyond that. */
const choicesMax = 3_000;

/** @param of kinds that the form names. */
export async function listChoices(
  actor: Actor,
  { of }: { of: readonly Kind[] },
  context: Context,
): Promise<Result<Choices>> {
  const refused = lacksChoosing(actor, of);
  if (refused) return refused;
  return inSnapshot(context.db, async (tx) => {
    const records: Choices['records'] = {};
    for (const kind of of) {
      const rows = await tx.$queryRaw<
        { id: string; number: string; name: string | null; grade: string | null }[]
      >`
        select record_id as id, number, coalesce(name, nullif(ref, number)) as name, grade
          from resilience_current where kind = ${kind} and not retired order by number limit ${choicesMax}`;
      const titles = await loadShownTexts(
        tx,
        rows.filter(({ name }) => name === null).map(({ id }) => id),
        ['title', 'name'],
      );
      records[kind] = rows.map(({ name, ...row }) => {
        const texts = titles.get(row.id);
        return { ...row, name: name ?? texts?.['title'] ?? texts?.['name'] ?? '' };
      });
    }
    const people = await tx.operator.findMany({
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    return ok({
      records,
      people: byName(people, await operatorNames(tx)),
    });
  });
}
