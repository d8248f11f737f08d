import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { readKeyPress, takeKeyPress } from '#lib/identity/take-key-press.ts';
import type { Context } from '#lib/platform/context.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTextTransaction } from '#lib/persons/in-text-transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { resilienceTopic } from '../records/write-record.ts';
import {
  conditionColumns,
  keptConditions,
  mentionConditions,
  packStatement,
} from './board-statement.ts';
import { readyToSign } from './ready-to-sign.ts';

export const signedPayload = z.strictObject({ conditions: keptConditions });

/**
 * Takes a signed decision about a pack: verifies the key press, and keeps statement and signature in the same
 * transaction. The challenge is spent whatever the outcome.
 */
export async function submitPackSignature(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string }>> {
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
      { ...form.value, purpose: 'board-pack' },
      at,
      context,
    );
    if (!press.ok) return press;
    const { document, payload, assertion } = press.value;
    const statement = packStatement.parse(JSON.parse(document));
    const id = statement.pack;
    await lockNamed(tx, `board pack ${id}`);
    const ready = await readyToSign(tx, { id, by });
    if (!ready.ok) return ready;
    if (ready.value.digest !== statement.digest)
      return refuse('pack-unknown', 'This is not the pack that you signed.');
    const { conditions } = signedPayload.parse(payload);
    await tx.boardSignature.create({
      data: {
        packId: id,
        person: by,
        decision: statement.decision,
        ...conditionColumns(conditions),
        statement: document,
        assertion: asJson(assertion),
        credentialId: assertion.id,
        signedAt: at,
      },
      select: { packId: true },
    });
    await mentionConditions(tx, 'board_signature', conditions);
    await appendAudit(tx, {
      kind: 'board-pack-signed',
      subject: id,
      actor: by,
      at,
      facts: {
        number: statement.number,
        digest: statement.digest,
        decision: statement.decision,
        conditions: statement.conditions,
      },
    });
    await publish(tx, { topic: resilienceTopic, id });
    return ok({ id });
  });
}
