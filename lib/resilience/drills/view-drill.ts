/** A drill with its evidence, as its page shows it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { lineOf, type DrillLine } from './list-drills.ts';

export type DrillView = DrillLine & {
  /** Canonical JSON, as it was written; for the page and for a file. */
  evidence: string;
  /** SHA-256 of it in hex, as kept. */
  digest: string;
  /** Whether the evidence still has that digest, computed anew for this view. */
  isWhole: boolean;
};

const unknown = refuse('drill-unknown', 'There is no such drill.');

export async function viewDrill(
  actor: Actor,
  input: { id: string },
  context: Context,
): Promise<Result<DrillView>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const id = z.uuid().toLowerCase().safeParse(input.id);
  if (!id.success) return unknown;
  const row = await context.db.drillRun.findUnique({ where: { id: id.data } });
  const line = row && lineOf(row);
  if (!row || !line) return unknown;
  const { evidence, digest } = row;
  const isWhole = createHash('sha256').update(evidence).digest('hex') === digest;
  return ok({ ...line, evidence, digest, isWhole });
}
