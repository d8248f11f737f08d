import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { readForm, seenField } from '#lib/platform/forms.ts';
import { caseField } from '../register/forms.ts';
import { readyForStep, takeStep } from '../register/take-step.ts';
import { returnFacts } from './return.ts';

const form = z.strictObject({
  id: caseField,
  seen: seenField,
  operation: z
    .string('Choose the withdrawal.')
    .trim()
    .regex(/^WD-\d{4}-\d{6,10}$/, 'Give the number of the withdrawal, such as WD-2026-000001.'),
});

/** Says which withdrawal carries a return out; several may do so together, and each carries one return. */
export async function linkOperation(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const refused = lacksScope(actor, 'client:write');
  if (refused) return refused;
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { id, seen, operation: number } = read.form;
  const step = {
    register: 'return',
    caseId: id,
    seen,
    step: 'linked',
    by: actor.personId,
  } as const;
  return inTransaction(context.db, async (tx) => {
    const ready = await readyForStep(tx, step);
    if (!ready.ok) return ready;
    const { client, facts } = ready.value;
    const { asset, requestedAt } = returnFacts.parse(facts);
    const found = await tx.operation.findUnique({
      where: { number },
      select: { id: true, kind: true, clientId: true, asset: true, raisedAt: true },
    });
    if (!found) return refuse('operation-unknown', `No operation ${number} is on record.`);
    if (found.kind !== 'withdrawal' || found.clientId !== client || found.asset !== asset)
      return refuse('operation-other', `${number} sends nothing in ${asset} for ${client}.`);
    if (found.raisedAt < new Date(requestedAt))
      return refuse(
        'operation-before',
        `${number} was raised before the client asked for this return, so it does not carry it out. Raise a withdrawal for what was asked for.`,
      );
    // One after the other, so that an operation is not linked to two returns at once.
    await lockNamed(tx, `return by ${found.id}`);
    const [linked] = await tx.$queryRaw<{ number: string }[]>`
      select c.number from register_step s join register_case c on c.id = s.case_id
        where s.step = 'linked' and s.facts ->> 'operation' = ${found.id}`;
    if (linked)
      return refuse('operation-linked', `${number} carries out ${linked.number} already.`);
    const taken = await takeStep(tx, {
      ...step,
      facts: { operation: found.id },
      texts: {},
      at: context.clock(),
    });
    return taken.ok ? ok({ seq: taken.value.seq }) : taken;
  });
}
