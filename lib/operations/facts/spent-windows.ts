/** What left in windows that end now, counted from the console's records as parties count theirs. */
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { coinKinds } from '#lib/protocol/intent-kinds.ts';
import type { MovingIntent } from '#lib/protocol/intent.ts';
import type { SpendScope, SpentFact } from '#lib/protocol/policy-facts.ts';

const hourMs = 3_600_000;

/** Text of a query only. Null for what the intent has none of, so that nothing of it left. */
const scopeFilter = (scope: SpendScope, intent: MovingIntent): Prisma.Sql | null => {
  switch (scope) {
    case 'asset':
      return Prisma.empty;
    case 'vault':
      return Prisma.sql`AND o.vault_id = ${intent.vault}`;
    case 'client':
      return intent.kind === 'withdrawal' ? Prisma.sql`AND o.client_id = ${intent.client}` : null;
    case 'destination':
      return intent.kind === 'withdrawal'
        ? Prisma.sql`AND o.destination_id = ${intent.destination.id}`
        : null;
  }
};

/**
 * A party counts a withdrawal when it decides to sign it; the console knows that a share may be out,
 * or when the signature came. The operation itself is left out.
 */
export async function spentWindows(
  db: Database | Tx,
  intent: MovingIntent,
  questions: readonly { scope: SpendScope; hours: number }[],
  now: Date,
): Promise<SpentFact[]> {
  const spent: SpentFact[] = [];
  for (const { scope, hours } of questions) {
    const filter = scopeFilter(scope, intent);
    if (filter === null) {
      spent.push({ scope, hours, amount: '0' });
      continue;
    }
    const from = new Date(now.getTime() - hours * hourMs);
    const [row] = await db.$queryRaw<{ amount: string }[]>`
      SELECT coalesce(sum(o.amount), 0)::text AS amount
      FROM chain_transaction t JOIN operation o ON o.id = t.operation_id
      WHERE (t.signed_at > ${from} OR t.phase = 'releasing')
        AND o.kind = ANY(${[...coinKinds]}) AND o.asset = ${intent.asset} AND o.id <> ${intent.operation}::uuid
        ${filter}`;
    spent.push({ scope, hours, amount: row?.amount ?? '0' });
  }
  return spent;
}
