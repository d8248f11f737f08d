import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { fieldNames, type FieldName } from '#lib/persons/field-map.ts';
import {
  alwaysAllowed,
  restrictionGrounds,
  useGroundNames,
  useGrounds,
} from '#lib/persons/uses.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { peopleTopic } from '../people/record-person.ts';
import { requestField, requestUnknown } from '../requests/act-on-request.ts';
import { requestsTopic } from '../requests/append-event.ts';
import { lockRequest } from '../requests/load-request.ts';
import { requestEnds } from '../requests/life.ts';

const form = z.strictObject({
  id: requestField,
  ground: z.enum(keysOf(restrictionGrounds), 'Choose on which ground.'),
  fields: z
    .array(z.enum(fieldNames as [FieldName, ...FieldName[]]))
    .max(60)
    .default([]),
  allows: z
    .array(z.enum(keysOf(useGrounds)))
    .max(useGroundNames.length)
    .default(useGroundNames),
});

/** Restrictions that one request may set; each names its own fields. */
const perRequestMax = 20;

/**
 * Restricts the data of the person whom a request is about: from now on they are stored only, but for what Article
 * 18(2) names. One person does it, at once; it takes two to lift it.
 * @param input `fields` of the map; none named means all. `allows` says on which grounds use goes on.
 */
export async function restrictPerson(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ restriction: string }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, ground, fields, allows } = read.form;
  const since = context.clock();
  return inTransaction(context.db, async (tx) => {
    const file = await lockRequest(tx, id);
    if (!file) return requestUnknown();
    const { person, state } = file.standing;
    if (person === null)
      return refuse('not-identified', 'Choose the person whom the request is about first.');
    if (requestEnds.includes(state))
      return refuse('not-now', 'This request is over. Reopen it, or record a new one.');
    const known = await tx.person.findUnique({
      where: { id: person.id },
      select: { erasedAt: true },
    });
    if (known?.erasedAt !== null)
      return refuse('person-erased', 'What was known of this person was erased.');
    const standing = await tx.personRestriction.findMany({
      where: { requestId: id, liftedAt: null },
      select: { ground: true, fields: true },
      take: perRequestMax + 1,
    });
    if (standing.some((one) => one.ground === ground && sameFields(one.fields, fields)))
      return refuse('restricted-already', 'This is restricted on this ground already.');
    if (standing.length >= perRequestMax)
      return refuse('too-many', `A request restricts at most ${perRequestMax} sets of fields.`);
    const restriction = randomUUID();
    await tx.personRestriction.create({
      data: {
        id: restriction,
        personId: person.id,
        requestId: id,
        fields: [...new Set(fields)].toSorted(),
        ground,
        allows: [...new Set([...allows, alwaysAllowed])].toSorted(),
        since,
        setBy: actor.personId,
      },
      select: { id: true },
    });
    await appendAudit(tx, {
      kind: 'person-restricted',
      subject: person.id,
      actor: actor.personId,
      at: since,
      facts: { request: file.number, restriction, ground },
    });
    await publish(tx, { topic: peopleTopic, id: person.id });
    await publish(tx, { topic: requestsTopic, id });
    return ok({ restriction });
  });
}

const sameFields = (one: readonly string[], other: readonly string[]): boolean =>
  one.toSorted().join(' ') === [...new Set(other)].toSorted().join(' ');
