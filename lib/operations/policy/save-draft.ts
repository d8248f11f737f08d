import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { digestOf } from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { documentMax, documentOf, readDraftDocument, storedPolicy } from './draft-document.ts';
import { policyDiff, type PolicyChange } from './policy-diff.ts';
import { draftUnknown } from './view-draft.ts';

const form = z.strictObject({
  id: operationId,
  /** The one that was read. */
  revision: z.int().min(1),
  baseVersion: z.int().min(1),
  document: z.string().max(documentMax),
});

export type SaveConflict = {
  outcome: 'conflict';
  /** The one that is on record. */
  revision: number;
  updatedBy: string;
  /** ISO instant. */
  updatedAt: string;
  /** What saving over it would change of it. */
  changes: PolicyChange[];
};
export type SavedDraft = { outcome: 'saved'; revision: number; updatedAt: string } | SaveConflict;

type Row = Awaited<ReturnType<typeof readRow>>;
const readRow = (tx: Tx, id: string) => tx.policyDraft.findUnique({ where: { id } });

const conflictOf = (
  row: NonNullable<Row>,
  mine: Policy,
  nameOf: (person: string) => string,
): SaveConflict => ({
  outcome: 'conflict',
  revision: row.revision,
  updatedBy: nameOf(row.updatedBy),
  updatedAt: row.updatedAt.toISOString(),
  changes: policyDiff(storedPolicy(row), mine),
});

/**
 * Saves a draft over the revision that was read. One that somebody else saved meanwhile stays as it
 * is, and the answer says what saving over it would change.
 */
export async function saveDraft(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<SavedDraft, string>> {
  const refused = lacksScope(actor, 'policy:raise');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success)
    return refuse('form-invalid', 'The draft is too long, or not a draft at all.');
  const { id, revision, baseVersion, document } = asked.data;
  const read = readDraftDocument(document);
  if (!read.ok) return read;
  const policy = read.value;
  const now = context.clock();
  const nameOf = await operatorNames(context.db);
  return inTransaction(context.db, async (tx): Promise<Result<SavedDraft, string>> => {
    const written = await tx.policyDraft.updateMany({
      where: { id, revision, discardedAt: null },
      data: {
        baseVersion,
        document: documentOf(policy),
        updatedBy: actor.personId,
        updatedAt: now,
        revision: revision + 1,
      },
    });
    if (written.count === 0) {
      const row = await readRow(tx, id);
      if (!row) return draftUnknown();
      if (row.discardedAt !== null)
        return refuse('draft-discarded', 'This draft was discarded. Begin a new one.');
      return ok(conflictOf(row, policy, nameOf));
    }
    await appendAudit(tx, {
      kind: 'policy-draft-saved',
      subject: id,
      actor: actor.personId,
      at: now,
      facts: { revision: revision + 1, baseVersion, digest: digestOf(policy) },
    });
    await publish(tx, { topic: 'policy', id });
    return ok({ outcome: 'saved', revision: revision + 1, updatedAt: now.toISOString() });
  });
}
