/** The persons whose data a breach concerns: who they are, and proof that they were told (GDPR Art 34). */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { aboutBreach, actOnBreach, findTimeFault, type BreachMoved } from './act-on-breach.ts';
import { findUntellable } from './communication.ts';
import type { BreachStanding } from './fold.ts';
import { personChannels, toldWhom } from './life.ts';
import { idsField, readIds } from './person-ids.ts';
import { tellingsOf } from './tellings.ts';

const listing = z.strictObject({ ...aboutBreach, persons: idsField });

/** Adds people of the vault, by their ids, to those whose data it concerns. Who is there already is left out. */
export async function listPersons(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(listing, input);
  if (!read.ok) return read;
  const { id, seen } = read.form;
  const ids = readIds(read.form.persons);
  if (!ids.ok) return ids;
  const given = ids.value;
  if (given.length === 0) return refuse('persons-missing', 'Give the ids of one person at least.');
  let added: string[] = [];
  return actOnBreach(actor, context, {
    id,
    seen,
    kind: 'persons-listed',
    draw: async (_, __, tx) => {
      const [there, known] = await Promise.all([
        tx.privacyBreachPerson.findMany({
          where: { breachId: id, personId: { in: given } },
          select: { personId: true },
        }),
        tx.person.findMany({ where: { id: { in: given } }, select: { id: true } }),
      ]);
      const people = new Set(known.map((one) => one.id));
      const unknown = given.find((one) => !people.has(one));
      if (unknown !== undefined) return refuse('person-unknown', `Nobody is known as ${unknown}.`);
      const before = new Set(there.map(({ personId }) => personId));
      added = given.filter((one) => !before.has(one));
      return added.length === 0
        ? refuse('listed', 'All of them are on the list already.')
        : ok({ count: added.length });
    },
    write: async ({ tx, seq }) => {
      await tx.privacyBreachPerson.createMany({
        data: added.map((personId) => ({ breachId: id, personId, seq })),
      });
    },
  });
}

const telling = z.strictObject({
  ...aboutBreach,
  sentAt: minuteField('when they were told'),
  channel: z.enum(keysOf(personChannels), 'Choose by what they were told.'),
  whom: z.enum(keysOf(toldWhom), 'Say who was told.').default('rest'),
  /** Ids of the list, where only those were told. */
  persons: idsField.default(''),
  /** How many were told who are not in the vault. */
  others: z
    .string()
    .trim()
    .regex(/^\d{0,9}$/, 'Give how many others were told as a number.')
    .transform(Number)
    .default(0),
  proof: textField,
});

/** That persons were told: everybody on the list who waits or some of it by their ids, and others by their number. */
export async function recordPersonsTold(
  actor: Actor,
  input: unknown,
  context: Context,
): BreachMoved {
  const read = readForm(telling, input);
  if (!read.ok) return read;
  const { sentAt, channel, whom, persons, others, proof, ...form } = read.form;
  const ids = readIds(persons);
  if (!ids.ok) return ids;
  let named: string[] = [];
  return actOnBreach(actor, context, {
    ...form,
    kind: 'persons-told',
    texts: { proof },
    draw: async ({ id, standing }, at, tx) => {
      const fault =
        findTellingFault(standing, channel === 'public') ??
        (await findLackingPart(tx, id, standing)) ??
        findTimeFault('When they were told', sentAt, { from: standing.awareAt ?? '', at });
      if (fault) return fault;
      const said = { sentAt: sentAt.toISOString(), channel };
      if (channel === 'public') return ok({ ...said, count: null });
      if (whom === 'named') {
        const found = await findWaiting(tx, id, ids.value);
        if (!found.ok) return found;
        named = found.value;
      }
      const listed = whom === 'rest' ? tellingsOf(standing).waiting : named.length;
      const count = listed + others;
      return count === 0
        ? refuse(
            'count-missing',
            'Nobody on the list waits. Give how many others were told, or list the persons first.',
          )
        : ok({ ...said, count, listed });
    },
    write: async ({ tx, file: { id }, seq }) => {
      if (channel === 'public') return;
      if (whom === 'rest') await writeRest(tx, id, seq);
      else
        await tx.privacyBreachTold.createMany({
          data: named.map((personId) => ({ breachId: id, personId, seq })),
        });
    },
  });
}

function findTellingFault({ decision }: BreachStanding, isPublic: boolean): Refused | null {
  const isMadePublic = decision?.exception === 'disproportionate';
  if (decision === null || (!decision.isTold && !isMadePublic))
    return refuse('nothing-decided', 'Have it decided first what persons are told.');
  if (isMadePublic && !decision.isAgreed)
    return refuse('nothing-agreed', 'A second person agrees first that it is made public.');
  if (decision.isTold !== isPublic) return null;
  return refuse(
    'channel-unfit',
    decision.isTold
      ? 'Each person is told. A public communication takes its place only by Article 34(3)(c).'
      : 'It was decided to make it public. Choose the public communication.',
  );
}

/** Nobody is told before what they are told holds all of Art 34(2). */
async function findLackingPart(
  tx: Tx,
  breachId: string,
  { decision }: BreachStanding,
): Promise<Refused | null> {
  const rows = await tx.privacyBreachText.findMany({
    where: { breachId, seq: decision?.seq ?? 0 },
    select: { field: true },
  });
  return findUntellable(new Set(rows.map(({ field }) => field)));
}

/** Of these, who was not told before. @returns a refusal where one is not on the list, or where all were told. */
async function findWaiting(
  tx: Tx,
  breachId: string,
  given: readonly string[],
): Promise<Result<string[]>> {
  const rows = await tx.privacyBreachPerson.findMany({
    where: { breachId, personId: { in: [...given] } },
    select: { personId: true, told: { select: { seq: true } } },
  });
  const listed = new Set(rows.map(({ personId }) => personId));
  const stranger = given.find((one) => !listed.has(one));
  if (stranger !== undefined)
    return refuse('not-listed', `${stranger} is not on the list. Add whom it concerns first.`);
  const waiting = rows.filter(({ told }) => told === null).map(({ personId }) => personId);
  if (given.length === 0)
    return refuse('persons-missing', 'Give the ids of those of the list who were told.');
  return waiting.length === 0 ? refuse('told', 'All of them were told already.') : ok(waiting);
}

const writeRest = (tx: Tx, breachId: string, seq: number): Promise<number> =>
  tx.$executeRaw`insert into privacy_breach_told (breach_id, person_id, seq)
    select p.breach_id, p.person_id, ${seq}::int from privacy_breach_person p where p.breach_id = ${breachId}::uuid
      and not exists (select from privacy_breach_told t where t.breach_id = p.breach_id and t.person_id = p.person_id)`;
