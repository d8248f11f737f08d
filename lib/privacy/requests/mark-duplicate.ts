/**
 * Ends a request as the same as an earlier one. One person does it: nothing is refused, since the earlier one goes on with
 * its own day in law and its answer is the answer to both. What would otherwise be taken from the person is to know that,
 * so it takes a message to them with the reason and the way to complain (Article 12(4) GDPR).
 */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { about, actOnRequest } from './act-on-request.ts';
import { requestNumber } from './event.ts';
import { messageChannels, requestEnds, unansweredStates, type RequestState } from './life.ts';
import { readTexts } from './texts.ts';

const duplicating = z.strictObject({
  ...about,
  of: z
    .string()
    .trim()
    .refine(
      (text) => requestNumber.safeParse(text).success,
      'Give the number of the other request, such as DSR-2026-000001.',
    ),
  /** As they were written to the person. */
  reasons: textField,
  channel: z.enum(keysOf(messageChannels), 'Say how the person was told.'),
  sentAt: minuteField('when the person was told'),
  namesRemedies: z.literal(
    'yes',
    'The message names the authority for complaints and the court (Art 12(4)). Complete it.',
  ),
  proof: textField,
});

/** The same was asked before, and the person was told so. */
export async function markDuplicate(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(duplicating, input);
  if (!read.ok) return read;
  const { id, seen, of, channel, sentAt, reasons, proof } = read.form;
  const texts = readTexts({ reasons, proof });
  const told = { channel, sentAt: sentAt.toISOString(), namesRemedies: true } as const;
  if (!texts.ok) return texts;
  return actOnRequest(actor, context, {
    scope: 'privacy:work',
    id,
    seen,
    kind: 'marked-duplicate',
    texts: texts.texts,
    draw: async ({ standing }, tx) => {
      const other = await tx.privacyRequestStanding.findFirst({
        where: { number: of, NOT: { requestId: id } },
        select: { requestId: true, state: true, right: true, receivedAt: true },
      });
      if (!other) return refuse('other-unknown', 'Give the number of the other request.');
      if (other.state === 'duplicate')
        return refuse('other-duplicate', `${of} is itself the same as another. Give that one.`);
      if ((requestEnds as readonly string[]).includes(other.state))
        return refuse(
          'other-ended',
          `${of} has ended, so nobody would answer this one. Go on with it.`,
        );
      if (!unansweredStates.includes(other.state as RequestState))
        return refuse(
          'other-answered',
          `${of} was answered already, so nobody would answer this one (Art 12(3)). Go on with it; where it only repeats that one, it can be refused as excessive (Art 12(5)).`,
        );
      if (other.right !== standing.right)
        return refuse(
          'other-right',
          `${of} asks for something else, so this one is answered, too.`,
        );
      // As the same as a later one it would get that one's day in law.
      if (other.receivedAt > new Date(standing.opening.receivedAt))
        return refuse(
          'other-later',
          `${of} was received after this one. Mark that one as the same as this.`,
        );
      return (await isSameAsker(tx, id, other.requestId)) ? ok({ of, told }) : otherPerson(of);
    },
  });
}

const otherPerson = (of: string): Refused =>
  refuse(
    'other-person',
    `Nothing shows that ${of} is of the same person. Identify the person in both first.`,
  );

/** By the person where both know theirs, and by the sender's address where nobody asks for another; the database's rule. */
async function isSameAsker(tx: Tx, one: string, other: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ same: boolean }[]>`
    select privacy_request_is_same(${one}::uuid, ${other}::uuid) as same`;
  return row?.same === true;
}
