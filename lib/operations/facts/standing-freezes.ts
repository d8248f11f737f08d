/** What stands still by the console's own record: from the moment somebody stated it. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { freezeScope, type FreezeScope } from '#lib/protocol/stop-intents.ts';

export type StandingFreeze = {
  /** The operation that froze. */
  operation: string;
  number: string;
  scope: FreezeScope;
  frozenAt: Date;
  frozenBy: string;
};

/** Freezes at one time; whoever reaches it has other trouble. */
const standingMax = 500;

/** A freeze whose operation ended without the parties freezes nothing. */
const endedWithoutEffect = ['rejected', 'cancelled', 'expired', 'failed'];

/** The scope as the intent spells it. @throws on a row that says something else than a scope. */
export const scopeOf = (row: { scope: string; value: string | null }): FreezeScope =>
  freezeScope.parse(
    row.scope === 'everything'
      ? { what: row.scope }
      : { what: row.scope, [row.scope]: row.value ?? undefined },
  );

/** Oldest first. */
export async function standingFreezes(db: Database | Tx): Promise<StandingFreeze[]> {
  const rows = await db.freeze.findMany({
    where: { releasedAt: null, operation: { state: { notIn: endedWithoutEffect } } },
    orderBy: [{ frozenAt: 'asc' }, { operationId: 'asc' }],
    take: standingMax,
    include: { operation: { select: { number: true } } },
  });
  return rows.map((row) => ({
    operation: row.operationId,
    number: row.operation.number,
    scope: scopeOf(row),
    frozenAt: row.frozenAt,
    frozenBy: row.frozenBy,
  }));
}
