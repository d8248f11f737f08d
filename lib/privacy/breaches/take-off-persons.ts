import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Refused } from '#lib/platform/result.ts';
import { aboutBreach, actOnBreach, type BreachMoved } from './act-on-breach.ts';
import { idsField, readIds } from './person-ids.ts';

const form = z.strictObject({ ...aboutBreach, persons: idsField, reasons: textField });

/**
 * Takes people off the list of those whose data a breach concerns, where they got on it by mistake and were not told yet.
 * Whoever was told knows of it and stays; the mistake is put on record as a note. Who was taken off stays on record until
 * the file of the breach goes.
 */
export async function takeOffPersons(actor: Actor, input: unknown, context: Context): BreachMoved {
  const refused = lacksScope(actor, 'privacy:work') ?? lacksOffice(actor);
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { persons, reasons, ...asked } = read.form;
  const ids = readIds(persons);
  if (!ids.ok) return ids;
  const given = ids.value;
  if (given.length === 0)
    return refuse('persons-missing', 'Give the ids of those who are to be taken off the list.');
  return actOnBreach(actor, context, {
    ...asked,
    kind: 'persons-taken-off',
    texts: { reasons },
    draw: async ({ id }, _, tx) =>
      (await findStaying(tx, id, given)) ?? ok({ count: given.length }),
    write: async ({ tx, file: { id }, seq }) => {
      await tx.privacyBreachTakenOff.createMany({
        data: given.map((personId) => ({ breachId: id, personId, seq })),
      });
    },
  });
}

/** Others who work on breaches don't decide whom one concerns no more. */
const lacksOffice = ({ roles }: Actor): Refused | null =>
  roles.includes('dpo')
    ? null
    : refuse('not-allowed', 'The data protection officer takes somebody off the list. Ask them.');

async function findStaying(
  tx: Tx,
  breachId: string,
  given: readonly string[],
): Promise<Refused | null> {
  const rows = await tx.privacyBreachPerson.findMany({
    where: { breachId, personId: { in: [...given] } },
    select: { personId: true, told: { select: { seq: true } } },
  });
  const listed = new Map(rows.map(({ personId, told }) => [personId, told !== null]));
  const stranger = given.find((one) => !listed.has(one));
  if (stranger !== undefined)
    return refuse('not-listed', `${stranger} is not on the list, so nobody was taken off.`);
  const told = given.find((one) => listed.get(one) === true);
  return told === undefined
    ? null
    : refuse(
        'told',
        `${told} was told of the breach already and stays on the list. Put on record as a note what was wrong, and tell them; take the others off without them.`,
      );
}
