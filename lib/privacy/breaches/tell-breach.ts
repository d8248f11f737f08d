/** What was told to whom about a breach: proof that the authority and the persons have it, and who the persons are. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { anyPersonId } from '#lib/persons/ids.ts';
import type { Context } from '#lib/platform/context.ts';
import { minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse } from '#lib/platform/result.ts';
import { aboutBreach, actOnBreach, findTimeFault, type BreachMoved } from './act-on-breach.ts';
import { breachClock } from './clock.ts';
import { referenceShape } from './event.ts';
import { authorityChannels, personChannels } from './life.ts';
import { unlessEmpty } from './texts.ts';

const sending = z.strictObject({
  ...aboutBreach,
  sentAt: minuteField('when it was sent'),
  channel: z.enum(keysOf(authorityChannels), 'Choose by what it was sent.'),
  reference: z
    .string()
    .trim()
    .regex(
      referenceShape,
      'Give the reference of the authority: letters, figures, blanks, dots, strokes and hyphens.',
    ),
  delay: textField.transform(unlessEmpty).optional(),
});

/** The newest notification that was signed off went out; the first within 72 hours, or with the reasons for the delay. */
export async function recordNotified(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(sending, input);
  if (!read.ok) return read;
  const { sentAt, channel, reference, delay, ...form } = read.form;
  return actOnBreach(actor, context, {
    ...form,
    kind: 'notification-sent',
    texts: { delay },
    draw: ({ standing }, at) => {
      const signed = standing.phases.at(-1);
      if (!signed || signed.sent !== null)
        return refuse('nothing-signed', 'Have a notification signed off first.');
      const fault = findTimeFault('When it was sent', sentAt, { from: signed.at, at });
      if (fault) return fault;
      const first = { ...standing, clearedAt: null, notifiedAt: sentAt.toISOString() };
      const isLate = standing.notifiedAt === null && breachClock(first, at).state === 'late';
      return isLate && !standing.hasDelay && delay === undefined
        ? refuse(
            'delay-missing',
            'The 72 hours were over. Write the reasons for the delay (Article 33(1)).',
          )
        : ok({ of: signed.seq, sentAt: sentAt.toISOString(), channel, reference });
    },
  });
}

const telling = z.strictObject({
  ...aboutBreach,
  sentAt: minuteField('when they were told'),
  channel: z.enum(keysOf(personChannels), 'Choose by what they were told.'),
  count: z
    .string()
    .trim()
    .regex(/^\d{0,9}$/, 'Give how many persons were told.')
    .transform((text) => (text === '' ? null : Number(text))),
  proof: textField,
});

export async function recordPersonsTold(
  actor: Actor,
  input: unknown,
  context: Context,
): BreachMoved {
  const read = readForm(telling, input);
  if (!read.ok) return read;
  const { sentAt, channel, count, proof, ...form } = read.form;
  return actOnBreach(actor, context, {
    ...form,
    kind: 'persons-told',
    texts: { proof },
    draw: ({ standing }, at) => {
      const { decision, awareAt } = standing;
      if (decision === null || (!decision.isTold && decision.exception !== 'disproportionate'))
        return refuse('nothing-decided', 'Have it decided first what persons are told.');
      if (decision.isTold === (channel === 'public'))
        return refuse(
          'channel-unfit',
          decision.isTold
            ? 'Each person is told. A public communication takes its place only by Article 34(3)(c).'
            : 'It was decided to make it public. Choose the public communication.',
        );
      if (channel !== 'public' && !count)
        return refuse('count-missing', 'Give how many persons were told.');
      const fault = findTimeFault('When they were told', sentAt, { from: awareAt ?? '', at });
      return (
        fault ??
        ok({ sentAt: sentAt.toISOString(), channel, count: channel === 'public' ? null : count })
      );
    },
  });
}

const listed = { most: 10_000, chars: 250_000 } as const;
const listing = z.strictObject({
  ...aboutBreach,
  persons: z.string().max(listed.chars, 'Give at most 10,000 ids at once.'),
});

/** Adds people of the vault, by their ids, to those whose data it concerns. Who is there already is left out. */
export async function listPersons(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(listing, input);
  if (!read.ok) return read;
  const { id, seen } = read.form;
  const given = [...new Set(read.form.persons.split(/[\s,;]+/u).filter(Boolean))];
  const wrong = given.find((one) => !anyPersonId.safeParse(one).success);
  if (wrong !== undefined)
    return refuse('person-invalid', `“${wrong.slice(0, 40)}” is no id of a person.`);
  if (given.length === 0 || given.length > listed.most)
    return refuse('persons-missing', 'Give from one to 10,000 ids of people.');
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
