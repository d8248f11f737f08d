/** What left in windows that end now, counted from the console's records as parties count theirs. */
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import type { SpendScope, SpentFact } from '#lib/protocol/policy-facts.ts';

const hourMs = 3_600_000;

/** Text of a query only: no value from outside stands here. */
const scopeFilter = (scope: SpendScope, intent: WithdrawalIntent): Prisma.Sql => {
  switch (scope) {
    case 'asset':
      return Prisma.empty;
    case 'vault':
      return Prisma.sql`AND o.vault_id = ${intent.vault}`;
    case 'client':
      return Prisma.sql`AND o.client_id = ${intent.client}`;
    case 'destination':
      return Prisma.sql`AND o.destination_id = ${intent.destination.id}`;
  }
};

/**
 * A party counts a withdrawal when it decides to sign it; the console knows that a share may be out,
 * or when the signature came. The operation itself is left out.
 */
export async function spentWindows(
  db: Database | Tx,
  intent: WithdrawalIntent,
  questions: readonly { scope: SpendScope; hours: number }[],
  now: Date,
): Promise<SpentFact[]> {
  const spent: SpentFact[] = [];
  for (const { scope, hours } of questions) {
    const from = new Date(now.getTime() - hours * hourMs);
    const [row] = await db.$queryRaw<{ amount: string }[]>`
      SELECT coalesce(sum(o.amount), 0)::text AS amount
      FROM chain_transaction t JOIN operation o ON o.id = t.operation_id
      WHERE (t.signed_at > ${from} OR t.phase = 'releasing')
        AND o.kind = 'withdrawal' AND o.asset = ${intent.asset} AND o.id <> ${intent.operation}::uuid
        ${scopeFilter(scope, intent)}`;
    spent.push({ scope, hours, amount: row?.amount ?? '0' });
  }
  return spent;
}
