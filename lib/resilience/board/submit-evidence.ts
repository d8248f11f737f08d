import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress } from '#lib/identity/take-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import { startOfDay } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { resilienceTopic } from '../records/write-record.ts';
import { conditionColumns, evidenceStatement, mentionConditions } from './board-statement.ts';
import { checkEvidence } from './evidence-form.ts';
import { signedPayload } from './submit-signature.ts';

/**
 * Takes signed evidence of a duty: verifies the key press, checks again, and keeps both in the same transaction. The
 * challenge is spent whatever the outcome.
 */
export async function submitBoardEvidence(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ evidence: string }>> {
  const refused = lacksScope(actor, 'board:sign');
  if (refused) return refused;
  const form = readKeyPress(input);
  if (!form.ok) return form;
  const at = context.clock();
  const by = actor.personId;
  return inTextTransaction(context.db, async (tx) => {
    const press = await takeKeyPress(
      tx,
      actor,
      { ...form.value, purpose: 'board-evidence' },
      at,
      context,
    );
    if (!press.ok) return press;
    const { document, payload, assertion } = press.value;
    const statement = evidenceStatement.parse(JSON.parse(document));
    await lockNamed(tx, 'board evidence');
    const checked = await checkEvidence(tx, statement, { by, at });
    if (!checked.ok) return checked;
    const { evidence: id, duty, title, version, sha256, decidedOn, decision } = statement;
    const { conditions } = signedPayload.parse(payload);
    await tx.boardEvidence.create({
      data: {
        id,
        duty,
        title,
        version,
        sha256,
        decidedOn: startOfDay(decidedOn),
        decision,
        ...conditionColumns(conditions),
        members: statement.members,
        author: statement.author,
        signedBy: by,
        statement: document,
        assertion: asJson(assertion),
        credentialId: assertion.id,
        signedAt: at,
      },
      select: { id: true },
    });
    await mentionConditions(tx, 'board_evidence', conditions);
    await appendAudit(tx, {
      kind: 'board-evidence-recorded',
      subject: id,
      actor: by,
      at,
      facts: { duty, document: sha256, decidedOn, decision, conditions: statement.conditions },
    });
    await publish(tx, { topic: resilienceTopic, id });
    return ok({ evidence: id });
  });
}
