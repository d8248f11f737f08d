import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress } from '#lib/identity/take-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm, seenField } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { peopleTopic } from '../people/record-person.ts';
import { requestsTopic } from '../requests/append-event.ts';
import {
  findRestrictionMoment,
  lockRestriction,
  restrictionMoved,
  restrictionUnknown,
  type RestrictionFile,
} from './load-restriction.ts';
import { lacksLifting, readyToLift } from './ready-to-lift.ts';
import { restrictionStatement } from './restriction-statement.ts';
import { restrictionField } from './tell-of-lift.ts';

/**
 * Takes what was signed to lift a restriction: verifies the key press, checks it again, and keeps the step with what was
 * signed in the same transaction. The challenge is spent whatever the outcome.
 */
export async function submitRestrictionLift(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const form = readKeyPress(input);
  if (!form.ok) return form;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const asked = { ...form.value, purpose: 'privacy-restriction' } as const;
    const press = await takeKeyPress(tx, actor, asked, now, context);
    if (!press.ok) return press;
    const { document, assertion } = press.value;
    const signed = restrictionStatement.parse(JSON.parse(document));
    const { restriction, revision: seen, step } = signed;
    const ready = await readyToLift(tx, actor, { restriction, seen, step });
    if (!ready.ok) return ready;
    const { about, toldAt } = ready.value;
    if (toldAt.toISOString() !== signed.toldAt || about.personId !== signed.subject)
      return restrictionMoved();
    const kept = { document, assertion: asJson(assertion), credentialId: assertion.id };
    return ok({ seq: await writeStep(tx, actor, about, { kind: step, at: now, ...kept }) });
  });
}

const returning = z.strictObject({ restriction: restrictionField, seen: seenField });

/** A proposal to lift goes back: the restriction stands on. */
export async function returnRestrictionLift(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const refused = lacksLifting(actor, 'lift-returned');
  if (refused) return refused;
  const read = readForm(returning, input);
  if (!read.ok) return read;
  const { restriction, seen } = read.form;
  return inTransaction(context.db, async (tx) => {
    const about = await lockRestriction(tx, restriction);
    if (!about) return restrictionUnknown();
    const moment = findRestrictionMoment(about, 'lift-returned', seen);
    if (moment) return moment;
    const step = { kind: 'lift-returned', at: context.clock() };
    return ok({ seq: await writeStep(tx, actor, about, step) });
  });
}

type Step = {
  kind: string;
  at: Date;
  document?: string;
  assertion?: ReturnType<typeof asJson>;
  credentialId?: string;
};

async function writeStep(
  tx: Tx,
  actor: Actor,
  about: RestrictionFile,
  step: Step,
): Promise<number> {
  const seq = about.seq + 1;
  await tx.personRestrictionEvent.create({
    data: { restrictionId: about.id, seq, actor: actor.personId, ...step },
    select: { seq: true },
  });
  if (step.kind === 'lifted')
    await appendAudit(tx, {
      kind: 'person-restriction-lifted',
      subject: about.personId,
      actor: actor.personId,
      at: step.at,
      facts: { request: about.request.number, restriction: about.id },
    });
  await publish(tx, { topic: peopleTopic, id: about.personId });
  await publish(tx, { topic: requestsTopic, id: about.request.id });
  return seq;
}
