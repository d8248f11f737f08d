import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { minuteField, readForm, seenField, textField } from '#lib/platform/forms.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { peopleTopic } from '../people/record-person.ts';
import { timeAfter } from '../requests/act-on-request.ts';
import { appendEvent } from '../requests/append-event.ts';
import { loadSeat } from '../requests/load-seat.ts';
import { sealTexts } from '../requests/sealed-texts.ts';
import { readTexts } from '../requests/texts.ts';
import { findRestrictionMoment, lockRestriction, restrictionUnknown } from './load-restriction.ts';

export const restrictionField = z.uuid('This restriction is not known.').toLowerCase();

const form = z.strictObject({
  restriction: restrictionField,
  seen: seenField,
  toldAt: minuteField('when the person was told'),
  proof: textField,
});

/** That the person was told that the restriction will be lifted, with the proof, which stands sealed in the request. */
export async function tellOfLift(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { restriction, seen, toldAt, proof } = read.form;
  const texts = readTexts({ proof });
  if (!texts.ok) return texts;
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const about = await lockRestriction(tx, restriction);
      if (!about) return restrictionUnknown();
      const moment = findRestrictionMoment(about, 'told', seen);
      if (moment) return moment;
      const at = timeAfter(about.request, context.clock());
      if (toldAt > at)
        return refuse('in-the-future', 'When the person was told lies ahead. Put when it was.');
      if (toldAt.getTime() < Math.floor(about.since.getTime() / 60_000) * 60_000)
        return refuse('too-early', 'The person was told before there was a restriction.');
      const seat = await loadSeat(tx, at);
      const sealed = await sealTexts({ ...about.request, seq: about.request.seq + 1 }, texts.texts);
      const by = actor.personId;
      const noted = { kind: 'noted', facts: {}, texts: sealed, by, at } as const;
      const requestSeq = await appendEvent(tx, about.request, noted, seat);
      const seq = about.seq + 1;
      await tx.personRestrictionEvent.create({
        data: { restrictionId: restriction, seq, kind: 'told', actor: by, at, toldAt, requestSeq },
        select: { seq: true },
      });
      await publish(tx, { topic: peopleTopic, id: about.personId });
      return ok({ seq });
    }),
  );
}
