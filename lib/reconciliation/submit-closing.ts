import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress } from '#lib/identity/take-key-press.ts';
import { fromPayload, keptPayload } from '#lib/persons/texts/kept-payload.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import type { Result } from '#lib/platform/result.ts';
import { closingStatement } from './breaks/closing-statement.ts';
import { moveBreakIn } from './breaks/move-break.ts';

const payloadSchema = z.strictObject({
  note: keptPayload.nullable(),
});

/**
 * Takes a signed proposal or acceptance: verifies the key press, then moves the break and keeps the
 * statement in the same transaction. The challenge is spent whatever the outcome.
 */
export async function submitClosing(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ revision: number }>> {
  const refused = lacksScope(actor, 'break:close');
  if (refused) return refused;
  const form = readKeyPress(input);
  if (!form.ok) return form;
  const at = context.clock();
  const { personId } = actor;
  return inTextTransaction(context.db, async (tx) => {
    const press = await takeKeyPress(
      tx,
      actor,
      { ...form.value, purpose: 'break-closing' },
      at,
      context,
    );
    if (!press.ok) return press;
    const { document } = press.value;
    const statement = closingStatement.parse(JSON.parse(document));
    const { note } = payloadSchema.parse(press.value.payload);
    const { how, journal, revision } = statement;
    const event =
      statement.decision === 'propose'
        ? ({ what: 'proposed', proposal: { by: personId, how, journal } } as const)
        : ({ what: 'accepted', by: personId } as const);
    return moveBreakIn(
      tx,
      actor,
      { id: statement.break, revision, event, text: note && fromPayload(note) },
      {
        at,
        signed: {
          document,
          assertion: press.value.assertion,
        },
      },
    );
  });
}
