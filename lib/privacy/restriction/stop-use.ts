/** What people stop by saying so: marketing, and what rests on a consent. It holds at once, and nobody has to agree. */
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { anyPersonId } from '#lib/persons/ids.ts';
import { writeValues } from '#lib/persons/write-person.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { peopleTopic } from '../people/record-person.ts';
import { requestField, requestUnknown } from '../requests/act-on-request.ts';
import { requestsTopic } from '../requests/append-event.ts';
import { lockRequest } from '../requests/load-request.ts';

const form = z
  .strictObject({
    why: z.enum(['withdrawn', 'objected'], 'Say whether a consent is taken back or objected.'),
    person: anyPersonId.optional(),
    request: requestField.optional(),
  })
  .refine(({ person, request }) => (person === undefined) !== (request === undefined), {
    error: 'Name the person or the request.',
  });

/**
 * Stops marketing to a person (Art 21(3), 7(3)): from the page of the person by whoever keeps people's records, or from
 * a request. The stop stands even where the keys are away; that the value says no follows when they answer.
 * @returns whether the value was written as well.
 */
export async function stopMarketing(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ person: string; isWritten: boolean }>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { why, request } = read.form;
  const refused = lacksScope(actor, request === undefined ? 'person:write' : 'privacy:work');
  if (refused) return refused;
  const at = context.clock();
  const stopped = await inTransaction(context.db, async (tx) => {
    const about = await findAbout(tx, read.form);
    if (!about.ok) return about;
    const { person, number } = about.value;
    await writeStop(
      tx,
      { person, what: 'marketing', why, requestId: request ?? null, number },
      at,
      actor,
    );
    return about;
  });
  if (!stopped.ok) return stopped;
  const { person, number } = stopped.value;
  const written = await keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const field = 'marketing-consent';
      const held = await tx.personValue.count({ where: { personId: person, field } });
      // Nothing is written about a consent that was never asked for.
      if (held === 0) return ok(false);
      const by = { by: actor.personId, at, reference: number, source: 'withdrawal' } as const;
      return ok(await writeValues(tx, { id: person, values: { [field]: 'no' } }, by));
    }),
  );
  return ok({ person, isWritten: written.ok && written.value });
}

type About = { person: string; number: string | null };

async function findAbout(
  tx: Tx,
  { person, request }: { person?: string | undefined; request?: string | undefined },
): Promise<Result<About>> {
  if (request !== undefined) {
    const file = await lockRequest(tx, request);
    if (!file) return requestUnknown();
    return file.standing.person === null
      ? refuse('not-identified', 'Choose the person whom the request is about first.')
      : ok({ person: file.standing.person.id, number: file.number });
  }
  const known = person !== undefined && (await tx.person.count({ where: { id: person } })) > 0;
  return known
    ? ok({ person, number: null })
    : refuse('person-unknown', 'There is no such person here.');
}

export type NewStop = About & {
  what: 'marketing' | 'interest';
  why: 'withdrawn' | 'objected';
  requestId: string | null;
};

/** Writes that something is done no more, in the caller's transaction. */
export async function writeStop(
  tx: Tx,
  { person, what, why, requestId, number }: NewStop,
  at: Date,
  actor: Actor,
): Promise<void> {
  await tx.personStop.create({
    data: { personId: person, what, why, at, by: actor.personId, requestId },
    select: { at: true },
  });
  await appendAudit(tx, {
    kind: 'person-use-stopped',
    subject: person,
    actor: actor.personId,
    at,
    facts: { what, why, request: number },
  });
  await publish(tx, { topic: peopleTopic, id: person });
  if (requestId !== null) await publish(tx, { topic: requestsTopic, id: requestId });
}
