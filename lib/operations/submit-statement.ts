import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress } from '#lib/identity/take-key-press.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { fromPayload, keptPayload } from '#lib/persons/texts/kept-payload.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { statement as statementSchema } from '#lib/protocol/statement.ts';
import { recordDecision } from './record-decision.ts';
import { recordRaise } from './record-raise.ts';
import type { RecordedStatement } from './recorded-statement.ts';
import { loadTrust } from './trust.ts';

const payloadSchema = z.strictObject({
  intent: z.string(),
  note: keptPayload.nullable(),
  evidence: keptPayload.optional(),
});

export type Submitted = { operation: string; number: string; state: string };

/**
 * Takes a signed statement: verifies the key press, then writes the statement and everything that
 * follows from it in the same transaction. The challenge is spent whatever the outcome.
 */
export async function submitStatement(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<Submitted>> {
  const form = readKeyPress(input);
  if (!form.ok) return form;
  const now = context.clock();
  return keysRefusal(() =>
    inTransaction(context.db, async (tx) => {
      const press = await takeKeyPress(
        tx,
        actor,
        { ...form.value, purpose: 'statement' },
        now,
        context,
      );
      if (!press.ok) return press;
      const payload = payloadSchema.parse(press.value.payload);
      const recorded: RecordedStatement = {
        statement: statementSchema.parse(JSON.parse(press.value.document)),
        document: press.value.document,
        intent: intentSchema.parse(JSON.parse(payload.intent)),
        intentText: payload.intent,
        note: payload.note && fromPayload(payload.note),
        evidence: payload.evidence ? fromPayload(payload.evidence) : null,
        assertion: press.value.assertion,
      };
      const trust = await loadTrust(tx);
      if (
        trust?.roster.version !== recorded.statement.rosterVersion ||
        trust.policy.version !== recorded.statement.policyVersion
      )
        return refuse(
          'trust-changed',
          'The roster or the policy changed meanwhile. Read the operation again and start anew.',
        );
      return recorded.statement.decision === 'raise'
        ? recordRaise(tx, actor, recorded, trust, now)
        : recordDecision(tx, actor, recorded, now);
    }),
  );
}
