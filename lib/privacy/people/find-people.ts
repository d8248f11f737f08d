import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { searchKinds } from '#lib/persons/field-map.ts';
import { findByHash } from '#lib/persons/find-by-hash.ts';
import { searchHash } from '#lib/persons/search-hashes.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { lookPurposeNames, searchesAnHourMax, type LookPurposeName } from './look-purposes.ts';
import { findPurposeFault } from './purpose-fault.ts';

const HOUR = 3_600_000;

const form = z.strictObject({
  kind: z.enum(searchKinds, { error: 'Choose what you search by.' }),
  value: z.string().min(1, 'Write what you search for.').max(300, 'Write at most 300 characters.'),
  purpose: z.enum(lookPurposeNames as [LookPurposeName, ...LookPurposeName[]], {
    error: 'Say what you search for them for.',
  }),
});

export type FoundPerson = {
  person: string;
  /** What they are to which clients; empty for an operator. */
  ties: { client: string; role: string; isOver: boolean }[];
};

export type FoundPeople = {
  people: FoundPerson[];
  /** True where there are more than are shown. */
  hasMore: boolean;
  /** How many more this finds whose data are restricted, and who are not shown for this purpose. */
  restricted: number;
};

const shownMax = 20;

/**
 * Finds people by a name, an address, a number. Nothing of them is shown but their ids and what they are to clients; that
 * somebody searched is in the trail, without what for words.
 */
export async function findPeople(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<FoundPeople>> {
  const refused = lacksScope(actor, 'person:view');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { kind, value, purpose } = read.form;
  const unfit = findPurposeFault(actor, purpose);
  if (unfit) return unfit;
  const at = context.clock();
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      // One search after the other, so that many at once don't slip past the limit.
      await lockNamed(tx, `searches of ${actor.personId}`);
      const searched = await tx.auditEntry.count({
        where: {
          subject: actor.personId,
          kind: 'person-searched',
          at: { gt: new Date(at.getTime() - HOUR) },
        },
      });
      if (searched >= searchesAnHourMax)
        return refuse(
          'too-many-searches',
          `You searched ${searchesAnHourMax} times within an hour, which is the most. Go on later.`,
        );
      const hash = await searchHash(kind, value);
      if (!hash)
        return refuse('form-invalid', 'Nothing of this can be searched for. Write it in full.');
      const { found, restricted } = await findByHash(tx, { kind, hash }, purpose, shownMax + 1);
      await appendAudit(tx, {
        kind: 'person-searched',
        subject: actor.personId,
        actor: actor.personId,
        at,
        facts: { by: kind, purpose, found: found.length },
      });
      const people = found.slice(0, shownMax);
      const ties = await tx.personTie.findMany({
        where: { personId: { in: people } },
        orderBy: [{ personId: 'asc' }, { clientId: 'asc' }, { since: 'asc' }],
        take: shownMax * 50,
      });
      return ok({
        people: people.map((person) => ({
          person,
          ties: ties
            .filter(({ personId }) => personId === person)
            .map((tie) => ({ client: tie.clientId, role: tie.role, isOver: tie.until !== null })),
        })),
        hasMore: found.length + restricted > shownMax,
        restricted,
      });
    }),
  );
}
