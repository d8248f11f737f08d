import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { fieldFor, isFieldName, type FieldName, type TieRole } from '#lib/persons/field-map.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import { readValue } from '#lib/persons/value-form.ts';
import { writePerson, type Values } from '#lib/persons/write-person.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { clientId } from '#lib/protocol/scalars.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';

/** Topic of notices about people. */
export const peopleTopic = 'people';

/** What somebody may be to a client. */
export const tieRole = z.enum(
  ['client', 'representative', 'beneficial-owner', 'authorised-user'] as const,
  {
    error: 'Choose what the person is to the client.',
  },
);
/** Beside the client each further entry is a field of the map. */
const form = z
  .object({ client: clientId, role: tieRole })
  .catchall(z.string().max(2_000, 'Write at most 2,000 characters.'));

/** People that one client may have. */
const peopleOfClientMax = 200;

/** Records somebody who is a client or stands behind one, with what they said of themselves. */
export async function recordPerson(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string }>> {
  const refused = lacksScope(actor, 'person:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { client, role, ...given } = read.form;
  const at = context.clock();
  const values = readPersonValues(given, role, at);
  if (!values.ok) return values;
  if (values.values['full-name'] === undefined)
    return refuse('form-invalid', 'Name: give the name of the person.');
  const by = actor.personId;
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const known = await tx.client.findUnique({ where: { id: client }, select: { id: true } });
      if (!known) return refuse('client-unknown', 'There is no such client.');
      const ties = await tx.personTie.count({ where: { clientId: client, until: null } });
      if (ties >= peopleOfClientMax)
        return refuse('too-many-people', `A client has at most ${peopleOfClientMax} people here.`);
      const person = newPersonId();
      await writePerson(tx, { id: person, values: values.values }, { by, at });
      await tx.personTie.create({
        data: { personId: person, role, clientId: client, since: at, recordedBy: by },
        select: { personId: true },
      });
      await appendAudit(tx, {
        kind: 'person-tied',
        subject: person,
        actor: by,
        at,
        facts: { client, role },
      });
      await publish(tx, { topic: peopleTopic, id: person });
      return ok({ id: person });
    }),
  );
}

/** Values of a form as they are kept; empty ones are left out. */
export function readPersonValues(
  given: Readonly<Record<string, string>>,
  role: TieRole,
  now: Date,
): { ok: true; values: Values } | Refused<'form-invalid'> {
  const values: Partial<Record<FieldName, string>> = {};
  for (const [name, text] of Object.entries(given)) {
    if (text.trim() === '') continue;
    if (!isFieldName(name) || !fieldFor(name, [role]).roles.includes(role))
      return refuse('form-invalid', 'There is no such field for this person.');
    const reading = readValue(name, text, now);
    if (!reading.ok) return refuse('form-invalid', reading.sentence);
    values[name] = reading.text;
  }
  return { ok: true, values };
}
