import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { personId } from '#lib/protocol/scalars.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { loadRoster } from '../trust.ts';
import { findGrantEnded } from './grant-ended.ts';
import { findKeepRefusal, grantsInForce } from './view-access.ts';

const form = z.strictObject({
  operator: personId,
  /** The roster that was read; another is not certified unread. */
  rosterVersion: z.int().min(1),
});

/**
 * Records that somebody looked at what a person may do, and that it stays. A record of the console:
 * it gives nobody anything, so parties are not asked.
 */
export async function keepAccess(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ reviewedAt: string }>> {
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Choose a person of the list.');
  const { operator, rosterVersion } = asked.data;
  const refused = findKeepRefusal(actor, operator);
  if (refused) return refused;
  const now = context.clock();
  const nameOf = await operatorNames(context.db);
  return inTransaction(context.db, async (tx) => {
    const roster = await loadRoster(tx);
    if (!roster) return beforeGenesis();
    const ended = findGrantEnded(roster, actor.personId, now);
    if (ended) return ended;
    if (roster.version !== rosterVersion)
      return refuse(
        'roster-moved',
        `Version ${roster.version} of the roster came into force since you opened the page. Reload it and read what it says now.`,
      );
    const grants = await grantsInForce(tx, roster, operator, nameOf);
    if (!grants) return refuse('person-unknown', 'This person is not in the roster in force.');
    const by = actor.personId;
    const row = { operatorId: operator, grants, rosterVersion, verdict: 'keep' };
    await tx.accessReview.create({
      data: { id: randomUUID(), ...row, reviewedBy: by, reviewedAt: now },
    });
    await appendAudit(tx, {
      kind: 'access-reviewed',
      subject: operator,
      actor: by,
      at: now,
      facts: { rosterVersion, verdict: 'keep', grants: grants.length },
    });
    await publish(tx, { topic: 'operators', id: operator });
    return ok({ reviewedAt: now.toISOString() });
  });
}
