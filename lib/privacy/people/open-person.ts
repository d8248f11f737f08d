import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { fieldNames, fieldOf, type FieldName } from '#lib/persons/field-map.ts';
import { anyPersonId } from '#lib/persons/ids.ts';
import { readValues, type HeldValue } from '#lib/persons/read-values.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { shownLines } from '#lib/protocol/free-text.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import {
  lookPurposeNames,
  lookPurposes,
  peopleAnHourMax,
  type LookPurposeName,
} from './look-purposes.ts';
import { findPurposeFault, mayReadSuspicion } from './purpose-fault.ts';
import { findReferenceFault } from './reference-fault.ts';

const HOUR = 3_600_000;

const form = z.strictObject({
  person: anyPersonId,
  purpose: z.enum(lookPurposeNames as [LookPurposeName, ...LookPurposeName[]], {
    error: 'Say what you need it for.',
  }),
  reference: z
    .string()
    .trim()
    .max(40, 'A reference has at most 40 characters.')
    .regex(/^[\x20-\x7e]*$/, 'A reference is made of plain letters, digits and signs.'),
});

export type OpenedPerson = {
  values: (Pick<HeldValue, 'field' | 'value' | 'restricted' | 'origin' | 'recordedAt'> & {
    label: string;
  })[];
};

/**
 * Opens what is known of a person. Who, what for and which fields is written down in the same transaction, before
 * anything is opened: a look that isn't on record shows nothing. What is restricted for this purpose stays closed and says
 * so.
 */
export async function openPerson(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<OpenedPerson>> {
  const refused = lacksScope(actor, 'person:view');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { person, purpose, reference } = read.form;
  const unfit = findPurposeFault(actor, purpose);
  if (unfit) return unfit;
  if (reference === '')
    return refuse('form-invalid', `${lookPurposes[purpose].reference}: name what you look for.`);
  const fields = fieldsFor(actor, purpose);
  const at = context.clock();
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const stopped = (await findNobody(tx, person)) ?? (await findTooMany(tx, actor, person, at));
      if (stopped) return stopped;
      const unfounded = await findReferenceFault(tx, actor, read.form);
      if (unfounded) return unfounded;
      await tx.personLook.create({
        data: {
          personId: person,
          by: actor.personId,
          purpose,
          reference,
          fields: [...fields],
          at,
        },
        select: { id: true },
      });
      await appendAudit(tx, {
        kind: 'person-viewed',
        subject: person,
        actor: actor.personId,
        at,
        facts: { purpose, reference },
      });
      const values = await readValues(tx, person, { use: purpose, fields });
      return ok({
        values: inOrder(values).map(({ field, value, restricted, origin, recordedAt }) => ({
          field,
          label: fieldOf(field).label,
          value: value === null ? null : shownLines(value),
          restricted,
          origin,
          recordedAt,
        })),
      });
    }),
  );
}

/** As the map has them: who somebody is first. */
const inOrder = (values: readonly HeldValue[]): HeldValue[] =>
  values.toSorted((one, other) => fieldNames.indexOf(one.field) - fieldNames.indexOf(other.field));

/** What was withheld from the person is for those who know that they must not tell. */
const fieldsFor = (actor: Actor, purpose: LookPurposeName): FieldName[] => {
  const mayAll = mayReadSuspicion(actor, purpose);
  return fieldNames.filter((name) => mayAll || fieldOf(name).withheld === undefined);
};

async function findNobody(tx: Tx, person: string): Promise<Refused<string> | null> {
  const row = await tx.person.findUnique({ where: { id: person }, select: { erasedAt: true } });
  if (!row) return refuse('person-unknown', 'There is no such person here.');
  if (row.erasedAt !== null)
    return refuse(
      'person-erased',
      'What was known of this person was erased, and nobody can read it.',
    );
  return null;
}

/** Somebody who reads through everybody is stopped, however good the purpose that they name. */
export async function findTooMany(
  tx: Tx,
  { personId: by }: Actor,
  person: string,
  at: Date,
): Promise<Refused<string> | null> {
  await lockNamed(tx, `looks of ${by}`);
  const rows = await tx.personLook.findMany({
    where: { by, at: { gt: new Date(at.getTime() - HOUR) } },
    distinct: ['personId'],
    select: { personId: true },
    take: peopleAnHourMax + 1,
  });
  const seen = new Set(rows.map(({ personId }) => personId));
  if (seen.size < peopleAnHourMax || seen.has(person)) return null;
  return refuse(
    'too-many-people',
    `You opened the data of ${peopleAnHourMax} people within an hour, which is the most. Go on later.`,
  );
}
