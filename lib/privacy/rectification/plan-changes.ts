/** What a person wants corrected, as the DPO writes it down with the request: sealed, and bound by what is decided. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { rolesOf } from '#lib/persons/roles-of.ts';
import type { Values } from '#lib/persons/write-person.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { about, findMoment, requestUnknown, timeAfter } from '../requests/act-on-request.ts';
import { appendEvent } from '../requests/append-event.ts';
import type { EventFacts } from '../requests/event.ts';
import { lockRequest, type RequestFile } from '../requests/load-request.ts';
import { loadSeat } from '../requests/load-seat.ts';
import { openTexts, sealTexts } from '../requests/sealed-texts.ts';
import { changesText, fieldsOf, readChanges, readChangesText } from './changes.ts';

/** Beside the request each further entry is a field of the map. */
const form = z.object(about).catchall(z.string().max(2_000, 'Write at most 2,000 characters.'));

/** Writes down what is to be corrected; again replaces what was written before. */
export async function planChanges(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const refused = lacksScope(actor, 'privacy:work');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, ...given } = read.form;
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const file = await lockRequest(tx, id);
      if (!file) return requestUnknown();
      const moment = findMoment(file, 'noted', seen) ?? findWrongStage(file);
      if (moment) return moment;
      const { person } = file.standing;
      if (person === null)
        return refuse('not-identified', 'Choose the person whom the request is about first.');
      const changes = readChanges(given, await rolesOf(tx, person.id), context.clock());
      if (!changes.ok) return changes;
      const at = timeAfter(file, context.clock());
      const texts = await sealTexts(
        { ...file, seq: file.seq + 1 },
        { plan: changesText(changes.values) },
      );
      const facts = { corrects: fieldsOf(changes.values) };
      const event = { kind: 'noted', facts, texts, by: actor.personId, at } as const;
      return ok({ seq: await appendEvent(tx, file, event, await loadSeat(tx, at)) });
    }),
  );
}

const planned: ReadonlySet<string> = new Set(['received', 'collecting', 'review', 'opinion']);

const findWrongStage = ({ standing: { right, state } }: RequestFile): Refused | null =>
  right === 'rectification' && planned.has(state)
    ? null
    : refuse(
        'not-now',
        right === 'rectification'
          ? 'A decision is proposed or made. Send the proposal back first.'
          : 'This request asks for something other than a rectification.',
      );

export type Plan = { seq: number; sealed: Uint8Array | null; commitment: string };

/**
 * What is to be corrected, as it was written last about the person who is chosen now; null where nothing was. What was
 * written about somebody who was chosen before is about somebody else.
 */
export const newestPlan = async (
  db: Database | Tx,
  { id, events }: { id: string; events: readonly { seq: number; kind: string }[] },
): Promise<Plan | null> =>
  db.privacyRequestText.findFirst({
    where: {
      requestId: id,
      field: 'plan',
      seq: { gt: events.findLast(({ kind }) => kind === 'identified')?.seq ?? 0 },
    },
    orderBy: { seq: 'desc' },
    select: { seq: true, sealed: true, commitment: true },
  });

/** @returns null once the text was erased. */
export async function openPlan(requestId: string, plan: Plan): Promise<Values | null> {
  const [opened] = await openTexts(requestId, [{ ...plan, field: 'plan' }]);
  return typeof opened?.text === 'string' ? readChangesText(opened.text) : null;
}

/** Whether a decision about a rectification names the changes that were written last. */
export async function findChangesFault(
  tx: Tx,
  { id, standing, events }: Pick<RequestFile, 'id' | 'standing' | 'events'>,
  { decision, plan: signed }: Pick<EventFacts<'proposed'>, 'decision' | 'plan'>,
): Promise<Refused | null> {
  if (decision === 'refuse')
    return signed === null
      ? null
      : refuse('plan-needless', 'What is refused changes nothing, so it names no changes.');
  const plan = await newestPlan(tx, { id, events });
  if (plan === null || plan.sealed === null)
    return refuse(
      'no-plan',
      'A rectification that is granted names what is changed. The data protection officer writes that down first.',
    );
  if (plan.commitment !== signed)
    return refuse(
      'plan-other',
      'What is to be changed was written anew. Load the page again and decide on that.',
    );
  const person = standing.person?.id;
  const known =
    person === undefined
      ? null
      : await tx.person.findUnique({ where: { id: person }, select: { erasedAt: true } });
  return known?.erasedAt === null
    ? null
    : refuse('person-erased', 'What was known of this person was erased.');
}
