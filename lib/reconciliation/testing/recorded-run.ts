import { randomUUID } from 'node:crypto';
import type { Database } from '#lib/platform/db/client.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { compare, outcomeDigest } from '../matching/compare.ts';
import { inputsDigest, ordered, type RunInputs } from '../matching/inputs.ts';
import type { Place } from '../place.ts';

/** Writes a run on made-up inputs, as the worker would, without its breaks. */
export async function recordedRun(
  db: Database,
  inputs: RunInputs,
): Promise<Place & { id: string; at: Date }> {
  const outcome = compare(inputs);
  const { kind, asset, place } = inputs;
  const run = { id: randomUUID(), kind, asset, place, at: new Date(inputs.at) };
  const request = randomUUID();
  await db.reconciliationRequest.create({
    data: { id: request, wanted: 'all', startedBy: 'schedule', requestedAt: new Date() },
  });
  await db.reconciliationRun.create({
    data: {
      ...run,
      beganAt: run.at,
      requestId: request,
      ledgerPosition: inputs.ledger.position,
      outsidePosition: inputs.outside.position,
      ledgerBalance: outcome.ledgerBalance,
      outsideBalance: outcome.outsideBalance,
      matched: outcome.matched,
      breaks: outcome.differences.length,
      inputs: canonicalize(ordered(inputs)),
      inputsDigest: inputsDigest(inputs),
      outcome: canonicalize(outcome),
      outcomeDigest: outcomeDigest(outcome),
      carry: '{}',
    },
  });
  return run;
}
