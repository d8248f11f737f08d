/** What each cold party has been told, kept between trips. */
import { z } from 'zod';
import {
  knowsNothing,
  mergeKnowledge,
  settlement,
  type ColdKnowledge,
} from '#lib/mpc/client/cold-knowledge.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';

const stored = z.strictObject({
  by: z.string().max(64),
  seq: z.int().min(0),
  settlements: z.array(settlement),
});

/** Signatures that wait to be told; what does not fit the cold party learns from its own next share. */
const settlementsMax = 100;

export async function knowledgeOf(db: Database | Tx, party: string): Promise<ColdKnowledge> {
  const row = await db.coldKnowledge.findUnique({ where: { party } });
  return row ? stored.parse(row.knowledge) : knowsNothing;
}

/**
 * Keeps what a cold party knows once it has answered. Two trips may be under way at the same time.
 * @param of.known null where the party refused what it was told: it hears all of it anew.
 * @param of.told operations whose signatures were in the document that it answered.
 */
export async function keepKnowledge(
  tx: Tx,
  party: string,
  of: { known: ColdKnowledge | null; told: readonly string[] },
  now: Date,
): Promise<void> {
  const before = await knowledgeOf(tx, party);
  const untold = {
    ...before,
    settlements: before.settlements.filter(({ operation }) => !of.told.includes(operation)),
  };
  const after = of.known
    ? mergeKnowledge(untold, of.known)
    : { ...knowsNothing, settlements: before.settlements };
  const knowledge = asJson({ ...after, settlements: after.settlements.slice(-settlementsMax) });
  await tx.coldKnowledge.upsert({
    where: { party },
    create: { party, knowledge, updatedAt: now },
    update: { knowledge, updatedAt: now },
  });
}
