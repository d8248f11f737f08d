import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { rolesOf } from '#lib/persons/roles-of.ts';
import { anyPersonId } from '#lib/persons/ids.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { peopleTopic, sourceField } from '../people/record-person.ts';
import { fieldsOf, readChanges } from './changes.ts';
import { sealChanges } from './sealed-changes.ts';

/** Beside the person each further entry is a field of the map. */
const form = z
  .object({ person: anyPersonId, source: sourceField })
  .catchall(z.string().max(2_000, 'Write at most 2,000 characters.'));

/** Proposes to change what is known of a person, without a request of theirs. Another person looks at it first. */
export async function proposeCorrection(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ correction: string }>> {
  const refused = lacksScope(actor, 'person:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { person: personId, source, ...given } = read.form;
  const at = context.clock();
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      await lockNamed(tx, `corrections of ${personId}`);
      const person = await tx.person.findUnique({
        where: { id: personId },
        select: { keyId: true },
      });
      if (!person) return refuse('person-unknown', 'There is no such person here.');
      if (person.keyId === null)
        return refuse('person-erased', 'What was known of this person was erased.');
      const open = await tx.personCorrection.count({ where: { personId, outcome: null } });
      if (open > 0)
        return refuse(
          'correction-open',
          'Another change waits for a second person. Decide on that one first.',
        );
      const changes = readChanges(given, await rolesOf(tx, personId), context.clock());
      if (!changes.ok) return changes;
      const id = randomUUID();
      await tx.personCorrection.create({
        data: {
          id,
          personId,
          fields: fieldsOf(changes.values),
          source,
          sealed: await sealChanges(person.keyId, { id, personId }, changes.values),
          proposedBy: actor.personId,
          proposedAt: at,
        },
        select: { id: true },
      });
      await appendAudit(tx, {
        kind: 'person-correction-moved',
        subject: personId,
        actor: actor.personId,
        at,
        facts: { correction: id, step: 'proposed' },
      });
      await publish(tx, { topic: peopleTopic, id: personId });
      return ok({ correction: id });
    }),
  );
}
