import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import { textField } from '#lib/protocol/text-field.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { loadTrust } from '../trust.ts';
import { documentOf } from './draft-document.ts';
import { draftNameRule } from './draft-name.ts';

/** Drafts at one time; what nobody goes on with is discarded. */
export const draftsMax = 50;

const form = z.strictObject({ name: textField(draftNameRule) });

/** Begins a draft over the policy in force, with the same content. */
export async function beginDraft(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ id: string }>> {
  const refused = lacksScope(actor, 'policy:raise');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success)
    return refuse('form-invalid', asked.error.issues[0]?.message ?? draftNameRule.tooShort);
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const { policy } = trust;
  const now = context.clock();
  const id = randomUUID();
  return inTransaction(context.db, async (tx) => {
    if ((await tx.policyDraft.count({ where: { discardedAt: null } })) >= draftsMax)
      return refuse(
        'too-many-drafts',
        `There are ${draftsMax} drafts already. Discard one that nobody goes on with.`,
      );
    await tx.policyDraft.create({
      data: {
        id,
        name: asked.data.name,
        baseVersion: policy.version,
        document: documentOf(policy),
        createdBy: actor.personId,
        createdAt: now,
        updatedBy: actor.personId,
        updatedAt: now,
      },
    });
    await appendAudit(tx, {
      kind: 'policy-draft-saved',
      subject: id,
      actor: actor.personId,
      at: now,
      facts: { revision: 1, baseVersion: policy.version, digest: digestOf(policy) },
    });
    await publish(tx, { topic: 'policy', id });
    return ok({ id });
  });
}
