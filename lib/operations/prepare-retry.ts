import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { askFresh } from './ask-fresh.ts';
import { findMoveHold } from './asset-hold.ts';
import { findBreakStop } from './break-stop.ts';
import { issueStatement, type StatementRequest } from './issue-statement.ts';
import { beforeGenesis } from './prepare-raise.ts';
import { findRetryRefusal } from './retry-refusal.ts';
import { loadTrust } from './trust.ts';

/** Gives out the raise statement for the next attempt of a held operation. */
export async function prepareRetry(
  actor: Actor,
  input: { operation: string },
  context: Context,
): Promise<Result<StatementRequest>> {
  const id = operationId.safeParse(input.operation);
  const row = id.success
    ? await context.db.operation.findUnique({
        where: { id: id.data },
        include: { transactions: { select: { phase: true } } },
      })
    : null;
  if (!row) return refuse('operation-unknown', 'There is no such operation.');
  const refused = findRetryRefusal(row, actor, context.clock());
  if (refused) return refused;
  const intent = intentSchema.parse(JSON.parse(row.intent));
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const allowed = await askFresh(intent, { trust, raiser: actor.personId }, context);
  if (!allowed.ok) return allowed;
  const stop =
    (await findMoveHold(intent, context.db)) ??
    (await findBreakStop(intent, allowed.value, context.db));
  if (stop) return stop;
  return issueStatement(
    actor,
    { intent, decision: 'raise', attempt: row.attempt + 1, reason: null, note: null },
    trust,
    context,
  );
}
