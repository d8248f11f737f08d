import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { consentWays } from '#lib/persons/consent-ways.ts';
import { anyPersonId } from '#lib/persons/ids.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { writeValues } from '#lib/persons/write-person.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayOf } from '#lib/platform/days.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { minuteField, readForm } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { consentFacts } from '#lib/resilience/kinds/consent.ts';
import { peopleTopic } from './record-person.ts';

const field = 'marketing-consent';

const form = z.strictObject({
  person: anyPersonId,
  consent: z.string().trim().min(1, 'Give the number of the consent in its register.').max(40),
  wording: z.string().trim().min(1, 'Give the version of the wording that they read.').max(50),
  givenAt: minuteField('when it was given'),
  way: z.enum(keysOf(consentWays), 'Say how it was given.'),
});

/**
 * Records that somebody agreed: to which consent of the register, in which wording, when and how (Article 7(1) GDPR). The
 * answer in the vault says yes with it, in one transaction. One person does it, as one takes it back.
 */
export async function recordConsent(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ person: string }>> {
  const refused = lacksScope(actor, 'person:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { person, consent, wording, givenAt, way } = read.form;
  const at = context.clock();
  if (givenAt > at) return refuse('in-the-future', 'It lies ahead. Put when they agreed.');
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      await lockNamed(tx, `consents of ${person}`);
      const fault =
        (await findWordingFault(tx, { consent, wording, day: dayOf(givenAt) })) ??
        (await findStopped(tx, person, givenAt));
      if (fault) return fault;
      const by = actor.personId;
      const source = way === 'document' || way === 'conversation' ? way : 'form';
      const written = { by, at, reference: consent, source } as const;
      if (!(await writeValues(tx, { id: person, values: { [field]: 'yes' } }, written)))
        return refuse('person-unknown', 'There is no such person here, or they were erased.');
      const { version } = await tx.personValue.findFirstOrThrow({
        where: { personId: person, field },
        orderBy: { version: 'desc' },
        select: { version: true },
      });
      await tx.personConsent.create({
        data: {
          personId: person,
          field,
          version,
          register: consent,
          wording,
          givenAt,
          way,
          recordedAt: at,
          recordedBy: by,
        },
        select: { version: true },
      });
      await appendAudit(tx, {
        kind: 'person-consent-recorded',
        subject: person,
        actor: by,
        at,
        facts: { consent, wording, way, givenAt: givenAt.toISOString() },
      });
      await publish(tx, { topic: peopleTopic, id: person });
      return ok({ person });
    }),
  );
}

/** Nobody agreed to words that were not yet, or no longer, what was asked. */
async function findWordingFault(
  tx: Tx,
  { consent, wording, day }: { consent: string; wording: string; day: string },
): Promise<Refused<'consent-unknown' | 'wording-unknown'> | null> {
  const row = await tx.resilienceCurrent.findFirst({
    where: { kind: 'consent', number: consent, retired: false },
    select: { facts: true },
  });
  const facts = row && consentFacts.parse(row.facts);
  if (!facts || facts.field !== field)
    return refuse('consent-unknown', 'There is no such consent in its register.');
  const inUse = facts.wordings.findLast(({ usedFrom }) => usedFrom <= day);
  return inUse?.version === wording
    ? null
    : refuse(
        'wording-unknown',
        'That wording was not asked on this day. Look at the wordings in the register of consents.',
      );
}

async function findStopped(
  tx: Tx,
  personId: string,
  givenAt: Date,
): Promise<Refused<'stopped-since'> | null> {
  const stop = await tx.personStop.findFirst({
    where: { personId, what: 'marketing', at: { gte: givenAt } },
    select: { at: true },
  });
  return (
    stop &&
    refuse(
      'stopped-since',
      'They took it back or objected after that. Record a consent that they gave since.',
    )
  );
}
