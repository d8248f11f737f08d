import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { ValueSource } from '#lib/persons/value-sources.ts';
import { writeValues } from '#lib/persons/write-person.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { peopleTopic } from '../people/record-person.ts';
import { openChanges } from './sealed-changes.ts';

const outcomes = ['made', 'rejected', 'withdrawn'] as const;
type Outcome = (typeof outcomes)[number];
const form = z.strictObject({
  correction: z.uuid('This change is not known.').toLowerCase(),
  outcome: z.enum(outcomes, 'Say what happens to it.'),
});

/**
 * A second person makes a proposed change so, or turns it down; who proposed it may take it back. Made, it is a newer
 * version in the vault, and new search hashes stand in place of the old.
 */
export async function decideCorrection(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ person: string }>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { correction: id, outcome } = read.form;
  const refused = lacksPart(actor, outcome);
  if (refused) return refused;
  const at = context.clock();
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const about = await tx.personCorrection.findUnique({ where: { id } });
      if (!about) return refuse('correction-unknown', 'There is no such change.');
      const { personId } = about;
      await lockNamed(tx, `corrections of ${personId}`);
      const open = await tx.personCorrection.findFirst({ where: { id, outcome: null } });
      if (!open?.sealed) return refuse('decided-already', 'This change was decided on.');
      const wrong = findWrongPerson(actor, open.proposedBy, outcome);
      if (wrong) return wrong;
      const values = outcome === 'made' ? await openChanges(open, open.sealed) : null;
      if (outcome === 'made' && values === null)
        return refuse(
          'sealed-anew',
          'The data of this person were sealed anew since, and this change can’t be read. Turn it down and propose it again.',
        );
      await tx.personCorrection.update({
        where: { id },
        data: { outcome, sealed: null, decidedBy: actor.personId, decidedAt: at },
        select: { id: true },
      });
      await appendAudit(tx, {
        kind: 'person-correction-moved',
        subject: personId,
        actor: actor.personId,
        at,
        facts: { correction: id, step: outcome },
      });
      const source = open.source as ValueSource;
      const written = { by: actor.personId, at, reference: null, source };
      if (values !== null && !(await writeValues(tx, { id: personId, values }, written)))
        throw new Error('somebody was erased while they were corrected');
      await publish(tx, { topic: peopleTopic, id: personId });
      return ok({ person: personId });
    }),
  );
}

/** Who advises on people's data decides nothing about them; who keeps them proposes and takes back. */
const lacksPart = (actor: Actor, outcome: Outcome): Refused | null => {
  if (outcome === 'withdrawn') return lacksScope(actor, 'person:write');
  return (
    lacksScope(actor, 'privacy:approve') ??
    (actor.roles.includes('dpo')
      ? refuse('is-dpo', 'The data protection officer advises and decides on nothing (Art 38(6)).')
      : null)
  );
};

function findWrongPerson(actor: Actor, proposedBy: string, outcome: Outcome): Refused | null {
  const isTheirs = proposedBy === actor.personId;
  if (outcome === 'withdrawn')
    return isTheirs ? null : refuse('not-yours', 'Who proposed it takes it back.');
  return isTheirs ? refuse('same-person', 'You proposed it, so another person decides.') : null;
}
