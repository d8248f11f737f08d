import { z } from 'zod';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { DrillNamed } from './kind-rules.ts';
import type { Kind } from './kinds.ts';

const naming = z.object({ drill: z.uuid() });

/** The drill whose id a test of a plan names, before its facts are read; null where there is none. */
export async function loadDrillNamed(
  tx: Pick<Tx, 'drillRun'>,
  { kind, facts }: { kind: Kind; facts: unknown },
): Promise<DrillNamed | null> {
  if (kind !== 'plan-test') return null;
  const asked = naming.safeParse(facts);
  if (!asked.success) return null;
  const row = await tx.drillRun.findUnique({
    where: { id: asked.data.drill },
    select: { kind: true, outcome: true },
  });
  return row && { kind: row.kind, passed: row.outcome === 'passed' };
}
