import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import {
  categories,
  fieldFor,
  fieldOf,
  isFieldName,
  type FieldName,
  type TieRole,
} from '#lib/persons/field-map.ts';
import { newPersonId } from '#lib/persons/ids.ts';
import {
  chosenSources,
  sourceEntry,
  type ChosenSource,
  type SourceOf,
} from '#lib/persons/value-sources.ts';
import { consentUnproved } from '#lib/persons/consent-ways.ts';
import { readValue } from '#lib/persons/value-form.ts';
import { monthsLater } from '#lib/incidents/days.ts';
import { writePerson, type Values } from '#lib/persons/write-person.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { dayOf, startOfDay } from '#lib/platform/days.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { dayField, readForm } from '#lib/platform/forms.ts';
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
/** From where what is written down is. */
export const sourceField = z.enum(keysOf(chosenSources), { error: 'Say from where it is.' });

/** Years for which somebody may have been what they are to a client. */
const yearsBack = 60;

/** Beside the client each further entry is a field of the map, or says of a category that it is from elsewhere. */
const form = z
  .object({
    client: clientId,
    role: tieRole,
    source: sourceField,
    since: z.literal('').or(dayField('the day since when they are it')).default(''),
  })
  .catchall(z.string().max(2_000, 'Write at most 2,000 characters.'));

/** People that one client may have. */
const peopleOfClientMax = 200;

/**
 * Records somebody who is a client or stands behind one, with what they said of themselves and since when they are it:
 * copies of their data tell of the client from that day on (Art 15 GDPR). When it came on record stands apart from it.
 */
export async function recordPerson(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string }>> {
  const refused = lacksScope(actor, 'person:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { client, role, source: mostly, since: said, ...rest } = read.form;
  const sources = readSources(rest, mostly);
  if (!sources.ok) return sources;
  const { given, source } = sources;
  const at = context.clock();
  const since = readSince(said, dayOf(at));
  if (!since.ok) return since;
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
      await writePerson(tx, { id: person, values: values.values }, { by, at, source });
      await tx.personTie.create({
        data: { personId: person, role, clientId: client, since: since.value, recordedBy: by },
        select: { personId: true },
      });
      await appendAudit(tx, {
        kind: 'person-tied',
        subject: person,
        actor: by,
        at,
        facts: { client, role, since: dayOf(since.value) },
      });
      await publish(tx, { topic: peopleTopic, id: person });
      return ok({ id: person });
    }),
  );
}

/** A client is there before its person is on record, so the day may lie back. @param said a day; empty for today. */
function readSince(said: string, today: string): Result<Date> {
  const first = monthsLater(today, -12 * yearsBack);
  return said > today || (said !== '' && said < first)
    ? refuse('day-unfit', `Since when: give a day from ${first} to today.`)
    : ok(startOfDay(said === '' ? today : said));
}

type Sources = { ok: true; given: Readonly<Record<string, string>>; source: SourceOf };

/** From where the values of each category are, taken out of what is left of a form. */
function readSources(
  rest: Readonly<Record<string, string>>,
  mostly: ChosenSource,
): Sources | Refused<'form-invalid'> {
  const entries = new Set(keysOf(categories).map(sourceEntry));
  const given = Object.fromEntries(Object.entries(rest).filter(([name]) => !entries.has(name)));
  const said = new Map<string, ChosenSource>();
  for (const category of keysOf(categories)) {
    const text = rest[sourceEntry(category)] ?? '';
    const read = sourceField.safeParse(text);
    if (!read.success && text !== '') return refuse('form-invalid', 'Say from where it is.');
    if (read.success) said.set(category, read.data);
  }
  return { ok: true, given, source: (field) => said.get(fieldOf(field).category) ?? mostly };
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
  return values['marketing-consent'] === 'yes' ? consentUnproved() : { ok: true, values };
}
