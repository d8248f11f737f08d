/** Reads as the database would, and keeps the plan of each query. */
import type { Database } from '#lib/platform/db/client.ts';
import { Prisma } from '#lib/platform/db/generated/client.ts';
import type { Reader } from '../system.ts';

export type PlanNode = { 'Node Type': string; 'Relation Name'?: string; Plans?: PlanNode[] };

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

export function planned(db: Database): { reader: Reader; nodes: PlanNode[] } {
  const nodes: PlanNode[] = [];
  const ask = async (parts: TemplateStringsArray, ...values: unknown[]) => {
    const query = Prisma.sql(parts, ...values);
    const plans = await db.$queryRaw<{ 'QUERY PLAN': { Plan: PlanNode }[] }[]>(
      Prisma.sql`explain (format json) ${query}`,
    );
    nodes.push(...plans.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan))));
    return db.$queryRaw(query);
  };
  return { reader: { $queryRaw: ask as Reader['$queryRaw'] }, nodes };
}
