import { z } from 'zod';
import type { Database } from '#lib/platform/db/client.ts';
import type { PositionStatement } from '#lib/platform/db/generated/client.ts';

const statementId = z.uuid();

/** An issued statement; null when there is none of this id. */
export async function findIssued(db: Database, id: string): Promise<PositionStatement | null> {
  const known = statementId.safeParse(id);
  return known.success ? db.positionStatement.findUnique({ where: { id: known.data } }) : null;
}
