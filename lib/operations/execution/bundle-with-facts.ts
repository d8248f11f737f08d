/** What the parties get to decide on, with what sources say at this moment. */
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import { policy as policySchema, type Policy } from '#lib/protocol/policy.ts';
import { bundleOf } from '../load-bundle.ts';
import type { OperationRow } from '../load-standing.ts';
import { gatherFacts, missingSentence } from '../sources/gather-facts.ts';
import type { WorkerContext } from './worker-context.ts';

/** The policy in force and the one of the raise: parties look at both. */
async function policiesFor(row: OperationRow, { db }: WorkerContext): Promise<Policy[]> {
  const [newest, atRaise] = await Promise.all([
    db.policyVersion.findFirst({ orderBy: { version: 'desc' } }),
    db.policyVersion.findUnique({ where: { version: row.policyVersion } }),
  ]);
  const rows = [newest, ...(atRaise?.version === newest?.version ? [] : [atRaise])];
  return rows.flatMap((found) => (found ? [policySchema.parse(JSON.parse(found.document))] : []));
}

/**
 * @throws Error when a source that a rule looks at gives no word: the operation rests and is tried
 *   again, which parties would otherwise refuse for good.
 */
export async function bundleWithFacts(
  row: OperationRow,
  intent: Intent,
  context: WorkerContext,
): Promise<OperationBundle> {
  const bundle = bundleOf(row);
  const { facts, missing } = await gatherFacts(intent, await policiesFor(row, context), context);
  if (missing.length > 0) throw new Error(`${row.number} waits. ${missingSentence(missing)}`);
  return facts.length === 0 ? bundle : { ...bundle, facts };
}
