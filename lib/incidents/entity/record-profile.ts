import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { contentDigest } from '#lib/audit/content-digest.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import { keepTexts, textColumns, writeMentions } from '#lib/persons/texts/keep-texts.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { incidentsTopic } from '../desk/append-event.ts';
import { newestVersion } from './load-profile.ts';
import { findPlaceFault } from './place.ts';
import { contactFields, profileFacts, type ContactField } from './profile.ts';

const blank = z.literal('').transform(() => null);
const day = (what: string) => blank.or(z.iso.date(`Give ${what} as a day, such as 2026-11-28.`));
const dayList = z
  .string()
  .max(1_000)
  .transform((text) => text.split(/[\s,;]+/).filter((one) => one !== ''));
const phone = /^\+[1-9][0-9 ()-]{5,24}$/;
const email = /^[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[a-z]{2,24}$/i;

const form = z.strictObject({
  seen: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
  name: z.string().trim(),
  lei: z.string().trim().toUpperCase(),
  type: z.string(),
  memberState: z.string(),
  region: blank.or(z.string().trim().toUpperCase()),
  zone: z.string().trim(),
  nis2Since: day('since when NIS2 applies'),
  reliefWithdrawnOn: day('when the decision was notified'),
  isMicroenterprise: z.literal('yes').optional(),
  currency: z.string(),
  authority: z.string().trim(),
  parentName: blank.or(z.string().trim()),
  parentLei: blank.or(z.string().trim().toUpperCase()),
  holidaysAdded: dayList,
  holidaysRemoved: dayList,
  ...(Object.fromEntries(
    Object.keys(contactFields).map((field) => [field, z.string().trim().max(200)]),
  ) as Record<ContactField, z.ZodString>),
});

/**
 * Says what this entity is to the law. Every version stays; time limits that were computed under an earlier
 * one say which.
 */
export async function recordProfile(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ version: number }>> {
  const refused = lacksScope(actor, 'entity:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { seen, parentName, parentLei, holidaysAdded, holidaysRemoved, ...rest } = read.form;
  if ((parentName === null) !== (parentLei === null))
    return refuse(
      'parent-half',
      'Give both the name and the LEI of the ultimate parent, or neither.',
    );
  const facts = readForm(profileFacts, {
    name: rest.name,
    lei: rest.lei,
    type: rest.type,
    memberState: rest.memberState,
    region: rest.region,
    zone: rest.zone,
    nis2Since: rest.nis2Since,
    reliefWithdrawnOn: rest.reliefWithdrawnOn,
    isMicroenterprise: rest.isMicroenterprise === 'yes',
    currency: rest.currency,
    authority: rest.authority,
    parent: parentName === null ? null : { name: parentName, lei: parentLei },
    holidays: { added: holidaysAdded, removed: holidaysRemoved },
  });
  if (!facts.ok) return facts;
  const nowhere = findPlaceFault(facts.form);
  if (nowhere !== null) return refuse('place-unknown', nowhere);
  const contacts = (Object.keys(contactFields) as ContactField[]).flatMap((field) =>
    rest[field] === '' ? [] : [{ field, text: rest[field] }],
  );
  for (const { field, text } of contacts) {
    if (field.endsWith('email') && !email.test(text))
      return refuse('contact-invalid', `${contactFields[field]}: give an e-mail address.`);
    if (field.endsWith('phone') && !phone.test(text))
      return refuse(
        'contact-invalid',
        `${contactFields[field]}: give the number with its international prefix, such as +49 69 1234567.`,
      );
  }
  const at = context.clock();
  return inTextTransaction(context.db, async (tx) => {
    if ((await newestVersion(tx)) !== seen)
      return refuse('profile-moved', 'Somebody changed it in the meantime. Load the page again.');
    const version = seen + 1;
    await tx.entityProfile.create({
      data: { version, facts: facts.form, recordedBy: actor.personId, recordedAt: at },
      select: { version: true },
    });
    const kept = await keepTexts(
      tx,
      'entity_contact',
      contacts.map(({ text }) => text),
    );
    if (kept.length > 0)
      await tx.entityContact.createMany({
        data: kept.map((text, index) => ({
          version,
          field: contacts[index]?.field ?? '',
          ...textColumns(text),
        })),
      });
    await writeMentions(tx, 'entity_contact', kept);
    await appendAudit(tx, {
      kind: 'entity-recorded',
      subject: 'entity',
      actor: actor.personId,
      at,
      facts: { version, digest: contentDigest(facts.form) },
    });
    await publish(tx, { topic: incidentsTopic });
    return ok({ version });
  });
}
