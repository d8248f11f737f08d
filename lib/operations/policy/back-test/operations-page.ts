/** Past operations that a rule decided, oldest first, a page at a time. */
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { stopKinds } from '#lib/protocol/intent-kinds.ts';
import { intent as intentSchema, type Intent } from '#lib/protocol/intent.ts';
import { onePersonRule } from '../../ask-policy.ts';

export type PastOperation = { id: string; number: string; intent: Intent; raisedAt: Date };

/** From the first instant on, up to and without the second. */
export type Span = { from: Date; until: Date };
/** The last operation of the page before. */
export type Cursor = Pick<PastOperation, 'id' | 'raisedAt'>;

/** What one person does alone asks no rule. */
const decidedByRule = ({ from, until }: Span): Prisma.Sql => Prisma.sql`
  raised_at >= ${from} AND raised_at < ${until}
  AND kind NOT IN (${Prisma.join([...stopKinds])}) AND policy_rule <> ${onePersonRule}`;

export async function countOperations(db: Database, span: Span): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM operation WHERE ${decidedByRule(span)}`;
  return row?.count ?? 0;
}

type Row = { id: string; number: string; intent: string; raised_at: Date };

/** In the order of the index on `raised_at`, read backwards. */
export async function operationsPage(
  db: Database,
  span: Span,
  after: Cursor | null,
  limit: number,
): Promise<PastOperation[]> {
  const behind = after
    ? Prisma.sql`AND raised_at >= ${after.raisedAt} AND (raised_at > ${after.raisedAt} OR id < ${after.id}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<Row[]>`
    SELECT id, number, intent, raised_at FROM operation
    WHERE ${decidedByRule(span)} ${behind}
    ORDER BY raised_at ASC, id DESC LIMIT ${limit}`;
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    intent: intentSchema.parse(JSON.parse(row.intent)),
    raisedAt: row.raised_at,
  }));
}
